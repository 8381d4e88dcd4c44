package org.sipring.sip.transaction;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;

/** Sends something again and again, at growing intervals, until it is told to stop. */
final class Retry {
    /** Starts a timer. */
    interface Clock {
        Ticker.Timer after(Duration delay, Runnable task);
    }

    private final Clock clock;
    private final Runnable action;
    private final UnaryOperator<Duration> growth;
    private Ticker.@Nullable Timer timer;

    Retry(Clock clock, UnaryOperator<Duration> growth, Runnable action) {
        this.clock = clock;
        this.growth = growth;
        this.action = action;
    }

    void start(Duration interval) {
        stop();
        timer = clock.after(interval, () -> {
            start(growth.apply(interval));
            action.run();
        });
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
