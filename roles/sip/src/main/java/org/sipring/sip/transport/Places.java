package org.sipring.sip.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many connections of a kind may be open at once: so many in all, and so many of one address, that no stranger takes
 * the places of others; for IPv6 of one network of 64 bits, which is what a customer has at least. Callable from any
 * thread.
 */
final class Places {
    private final int inAll;
    private final int ofOneAddress;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int taken;

    Places(int inAll, int ofOneAddress) {
        this.inAll = inAll;
        this.ofOneAddress = ofOneAddress;
    }

    /** A connection's place; to be left, at the latest when it ends. */
    final class Place {
        private final InetAddress address;
        private boolean left;

        private Place(InetAddress address) {
            this.address = address;
        }

        /** Makes room for another. The second time nothing happens. */
        void leave() {
            synchronized (Places.this) {
                if (!left) {
                    left = true;
                    free(address);
                }
            }
        }
    }

    /** Finds a place for a connection from or to an address; empty when there is none. */
    synchronized Optional<Place> enter(InetAddress from) {
        InetAddress address = home(from);
        int here = perAddress.getOrDefault(address, 0);
        if (taken >= inAll || here >= ofOneAddress) {
            return Optional.empty();
        }
        taken++;
        perAddress.put(address, here + 1);
        return Optional.of(new Place(address));
    }

    private static InetAddress home(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] network = address.getAddress();
        Arrays.fill(network, network.length / 2, network.length, (byte) 0);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void free(InetAddress address) {
        taken--;
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
