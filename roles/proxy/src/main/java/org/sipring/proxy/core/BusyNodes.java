package org.sipring.proxy.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sipring.api.NodeId;

/**
 * The nodes that lately answered 503, because they have too much to do: nothing new is sent to them for as long as they
 * asked, RFC 3261 section 21.5.4; then those who waited come one after the other, and not together. Lives in one loop.
 */
final class BusyNodes {
    // Ours ask for 5 to 14 s. Who is called waits for a ring no longer than that.
    private static final Duration LONGEST = Duration.ofSeconds(15);
    // So many more may wait as fit in here: who comes later is refused at once.
    private static final Duration PATIENCE = LONGEST.plusSeconds(5);
    // One loop sends so often to a node that has just come to itself.
    private static final Duration STEP = Duration.ofMillis(10);

    private final LongSupplier nanos;
    private final Map<NodeId, Rest> resting = new HashMap<>();

    BusyNodes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * A node that is left alone.
     *
     * @param until when it may be asked again, by the monotonic clock
     * @param turn when the next of those who wait may ask it
     */
    private record Rest(long until, long turn) {}

    /** A node has said how long it wants to be left alone. */
    void said(NodeId node, Duration retryAfter) {
        long now = nanos.getAsLong();
        Duration span = retryAfter.compareTo(LONGEST) > 0 ? LONGEST : retryAfter;
        resting.values().removeIf(rest -> rest.turn - now < 0);
        Rest before = resting.getOrDefault(node, new Rest(now, now));
        long until = now + Math.max(span.toNanos(), before.until - now);
        resting.put(node, new Rest(until, now + Math.max(until - now, before.turn - now)));
    }

    /** Whether a node wants to be left alone now. */
    boolean rests(NodeId node) {
        Rest rest = resting.get(node);
        return rest != null && rest.until - nanos.getAsLong() > 0;
    }

    /** How long to wait before a node is asked: nothing, as a rule. Empty where too many wait already. */
    Optional<Duration> turn(NodeId node) {
        Rest rest = resting.get(node);
        if (rest == null || !rests(node)) {
            return Optional.of(Duration.ZERO);
        }
        Duration wait = Duration.ofNanos(rest.turn - nanos.getAsLong());
        if (wait.compareTo(PATIENCE) > 0) {
            return Optional.empty();
        }
        resting.put(node, new Rest(rest.until, rest.turn + STEP.toNanos()));
        return Optional.of(wait);
    }
}
