package org.sipring.proxy.load;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whether a node has so much to do that others are to spare it. Pure: each sample makes the next. It turns only when samples
 * have spoken against it without a break for a while: seconds to become busy, so that a burst changes nothing in DNS;
 * minutes to be well again, since those who follow DNS come back no sooner than its records live.
 *
 * @param busy whether it is
 * @param since when samples began to speak against that, by the monotonic clock; empty when the last did not
 */
record Busyness(boolean busy, OptionalLong since) {
    static final Busyness WELL = new Busyness(false, OptionalLong.empty());

    private static final Duration BECOMES = Duration.ofSeconds(3);
    private static final Duration STAYS = Duration.ofMinutes(2);

    Busyness after(Sample sample, long now) {
        boolean against = busy ? sample.little() : sample.much();
        if (!against) {
            return new Busyness(busy, OptionalLong.empty());
        }
        long begun = since.orElse(now);
        boolean turns = now - begun >= (busy ? STAYS : BECOMES).toNanos();
        return turns ? new Busyness(!busy, OptionalLong.empty()) : new Busyness(busy, OptionalLong.of(begun));
    }
}
