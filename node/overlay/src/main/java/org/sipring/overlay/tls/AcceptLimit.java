package org.sipring.overlay.tls;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts accepted connections by peer address. Callable from any thread. */
final class AcceptLimit {
    private final TlsLimits limits;
    private final Map<InetAddress, Count> counts = new HashMap<>();

    AcceptLimit(TlsLimits limits) {
        this.limits = limits;
    }

    /** Takes a place for a connection that has proved nothing yet; false when the address has too many. */
    synchronized boolean enter(InetAddress from) {
        Count count = counts.getOrDefault(from, Count.NONE);
        if (count.unproved >= limits.unproved() || count.all >= limits.connections()) {
            return false;
        }
        counts.put(from, new Count(count.all + 1, count.unproved + 1));
        return true;
    }

    /** A connection that entered has proved who it is. */
    synchronized void proved(InetAddress from) {
        counts.computeIfPresent(from, (key, count) -> new Count(count.all, count.unproved - 1));
    }

    /** A connection that entered is closed. */
    synchronized void leave(InetAddress from, boolean proved) {
        counts.computeIfPresent(
                from,
                (key, count) -> count.all == 1 ? null : new Count(count.all - 1, count.unproved - (proved ? 0 : 1)));
    }

    private record Count(int all, int unproved) {
        static final Count NONE = new Count(0, 0);
    }
}
