package org.sipring.runtime;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.sipring.api.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real time over an executor of one thread. */
final class SystemTicker implements Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(SystemTicker.class);
    private static final Timer NEVER = () -> {};

    private final String room;
    private final ScheduledExecutorService executor;

    SystemTicker(String room, ScheduledExecutorService executor) {
        this.room = room;
        this.executor = executor;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> pending = executor.schedule(guarded(task), nanosOf(delay), NANOSECONDS);
            return () -> pending.cancel(false);
        } catch (RejectedExecutionException closed) {
            return NEVER;
        }
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(guarded(task));
        } catch (RejectedExecutionException closed) {
            // Answers still arrive while a node stops; nobody waits for them in a closed room.
            LOG.debug("a task comes too late for room {}", room);
        }
    }

    // Saturates after 292 years.
    private static long nanosOf(Duration delay) {
        try {
            return delay.toNanos();
        } catch (ArithmeticException beyond) {
            return delay.isNegative() ? 0 : Long.MAX_VALUE >> 1;
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable bug) {
                LOG.error("a task in room {} failed: please report this", room, bug);
            }
        };
    }
}
