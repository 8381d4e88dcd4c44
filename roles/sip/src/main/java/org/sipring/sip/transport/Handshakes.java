package org.sipring.sip.transport;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections at the door for nodes whose peers have not proved yet who they are: so few that strangers can take
 * neither this node's memory nor its time. Callable from any thread.
 */
final class Handshakes {
    /** Between two nodes there is one link, and perhaps one more while another is being replaced. */
    static final int OF_ONE_ADDRESS = 8;

    /** Each takes some milliseconds of work and no more than the handshake's deadline. */
    static final int IN_ALL = 256;

    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int all;

    /** A connection's place; to be left once its peer has proved who it is, and when it ends. */
    final class Place {
        private final InetAddress address;
        private boolean left;

        private Place(InetAddress address) {
            this.address = address;
        }

        /** Makes room for another. The second time nothing happens. */
        void leave() {
            synchronized (Handshakes.this) {
                if (!left) {
                    left = true;
                    left(address);
                }
            }
        }
    }

    /** Finds a place for a connection from an address; empty when there is none. */
    synchronized Optional<Place> enter(InetAddress address) {
        int those = perAddress.getOrDefault(address, 0);
        if (all >= IN_ALL || those >= OF_ONE_ADDRESS) {
            return Optional.empty();
        }
        all++;
        perAddress.put(address, those + 1);
        return Optional.of(new Place(address));
    }

    private void left(InetAddress address) {
        all--;
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
