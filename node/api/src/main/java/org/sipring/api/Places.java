package org.sipring.api;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many connections of a kind may be open at once: so many in all, and so many of one address, that no stranger takes
 * the places of others; for IPv6 of one network of 64 bits, which is what a customer has at least. Callable from any
 * thread.
 */
public final class Places {
    private final int inAll;
    private final int ofOneAddress;
    private final Map<Long, Integer> perSource = new HashMap<>();
    private int taken;

    /**
     * All are free.
     *
     * @param inAll how many there are
     * @param ofOneAddress how many of them one address may take
     */
    public Places(int inAll, int ofOneAddress) {
        this.inAll = inAll;
        this.ofOneAddress = ofOneAddress;
    }

    /** A connection's place; to be left, at the latest when it ends. */
    public final class Place {
        private final long source;
        private boolean left;

        private Place(long source) {
            this.source = source;
        }

        /** Makes room for another. The second time nothing happens. */
        public void leave() {
            synchronized (Places.this) {
                if (!left) {
                    left = true;
                    free(source);
                }
            }
        }
    }

    /**
     * Finds a place for a connection.
     *
     * @param from whose it is
     * @return the place; empty when there is none
     */
    public synchronized Optional<Place> enter(InetAddress from) {
        long source = Sources.of(from);
        int here = perSource.getOrDefault(source, 0);
        if (taken >= inAll || here >= ofOneAddress) {
            return Optional.empty();
        }
        taken++;
        perSource.put(source, here + 1);
        return Optional.of(new Place(source));
    }

    private void free(long source) {
        taken--;
        perSource.computeIfPresent(source, (key, count) -> count == 1 ? null : count - 1);
    }
}
