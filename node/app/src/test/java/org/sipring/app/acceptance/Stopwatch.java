package org.sipring.app.acceptance;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Measures how long something that others do takes, by asking again and again. */
final class Stopwatch {
    private Stopwatch() {}

    /** Waits for a condition and returns how long that took; fails when the limit passes. */
    static Duration until(String what, Duration limit, BooleanSupplier done) {
        long start = System.nanoTime();
        Awaitility.await(what)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO)
                .until(done::getAsBoolean);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
