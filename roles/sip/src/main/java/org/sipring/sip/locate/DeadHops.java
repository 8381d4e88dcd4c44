package org.sipring.sip.locate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The servers that lately did not answer: tried last for a while, so that not every caller waits for them. RFC 3263
 * section 4.3. Each host is remembered for itself: a zone that leads to others' servers says nothing of these. Callable
 * from any thread.
 */
public final class DeadHops {
    private final Map<Server, Long> dead = new LinkedHashMap<>();
    private final int most;
    private final long spanNanos;
    private final LongSupplier nanos;

    /**
     * Nobody is dead yet.
     *
     * @param most how many are remembered; the one that died first is forgotten
     * @param span for how long
     * @param nanos the monotonic time, from any thread
     */
    public DeadHops(int most, Duration span, LongSupplier nanos) {
        this.most = most;
        this.spanNanos = span.toNanos();
        this.nanos = nanos;
    }

    /** A server as the host that leads to it names it. */
    private record Server(String host, NextHop hop) {}

    /**
     * A server did not answer.
     *
     * @param host what led to it
     * @param hop the server
     */
    public synchronized void died(String host, NextHop hop) {
        Server server = new Server(host, hop);
        dead.remove(server);
        dead.put(server, nanos.getAsLong());
        if (dead.size() > most) {
            dead.remove(dead.keySet().iterator().next());
        }
    }

    /**
     * A server answered.
     *
     * @param host what led to it
     * @param hop the server
     */
    public synchronized void lives(String host, NextHop hop) {
        dead.remove(new Server(host, hop));
    }

    /**
     * Puts those last that did not answer lately. Whoever keeps a server with TLS from answering gains nothing by it: none
     * without TLS comes before one with it that it came after.
     *
     * @param host what leads to them
     * @param hops the servers
     * @return the same, the living first
     */
    public synchronized List<NextHop> last(String host, List<NextHop> hops) {
        if (dead.isEmpty()) {
            return hops;
        }
        List<NextHop> ordered = new ArrayList<>(hops.size());
        int begun = 0;
        for (int next = 1; next <= hops.size(); next++) {
            boolean ends = next == hops.size() || (secure(hops, next - 1) && !secure(hops, next));
            if (ends) {
                hops.subList(begun, next).stream()
                        .sorted(Comparator.comparing(hop -> isDead(new Server(host, hop))))
                        .forEach(ordered::add);
                begun = next;
            }
        }
        return ordered;
    }

    private static boolean secure(List<NextHop> hops, int index) {
        return hops.get(index).protocol().secure();
    }

    private boolean isDead(Server server) {
        Long since = dead.get(server);
        return since != null && nanos.getAsLong() - since < spanNanos;
    }
}
