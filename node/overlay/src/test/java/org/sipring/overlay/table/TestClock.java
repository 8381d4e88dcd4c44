package org.sipring.overlay.table;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.sipring.api.Ticker;

/** A room whose time of day can be set; durations are real. */
final class TestClock implements Ticker, AutoCloseable {
    private final ScheduledThreadPoolExecutor room = new ScheduledThreadPoolExecutor(1);
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    void pass(Duration time) {
        offset.accumulateAndGet(time, Duration::plus);
    }

    @Override
    public Instant now() {
        return Instant.now().plus(offset.get());
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Future<?> pending = room.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        room.execute(task);
    }

    @Override
    public void close() {
        room.shutdownNow();
    }
}
