package org.sipring.dns.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.sipring.api.Ticker;

/** Real time and one thread, for tests with sockets. */
public final class Room implements Ticker, AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Duration fast;

    public Room() {
        this(Duration.ZERO);
    }

    /** A room whose clock is fast, or slow when the duration is negative. */
    public Room(Duration fast) {
        this.fast = fast;
    }

    @Override
    public Instant now() {
        return Instant.now().plus(fast);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        ScheduledFuture<?> pending = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
