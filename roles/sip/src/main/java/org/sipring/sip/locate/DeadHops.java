package org.sipring.sip.locate;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The servers that lately did not answer: tried last for a while, so that not every caller waits for them. RFC 3263
 * section 4.3. Callable from any thread.
 */
public final class DeadHops {
    private final Map<NextHop, Long> dead = new LinkedHashMap<>();
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

    /**
     * A server did not answer.
     *
     * @param hop the server
     */
    public synchronized void died(NextHop hop) {
        dead.remove(hop);
        dead.put(hop, nanos.getAsLong());
        if (dead.size() > most) {
            dead.remove(dead.keySet().iterator().next());
        }
    }

    /**
     * A server answered.
     *
     * @param hop the server
     */
    public synchronized void lives(NextHop hop) {
        dead.remove(hop);
    }

    /**
     * Puts those last that did not answer lately.
     *
     * @param hops the servers
     * @return the same, the living first
     */
    public synchronized List<NextHop> last(List<NextHop> hops) {
        return dead.isEmpty()
                ? hops
                : hops.stream().sorted(Comparator.comparing(this::isDead)).toList();
    }

    private boolean isDead(NextHop hop) {
        Long since = dead.get(hop);
        return since != null && nanos.getAsLong() - since < spanNanos;
    }
}
