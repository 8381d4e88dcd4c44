package org.sipring.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The time of a simulated world: one queue of events, run one by one in the thread that calls. Time passes only from
 * event to event, so a minute of the world takes as long as its events do. Equal calls give equal runs.
 */
public final class SimTime {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final PriorityQueue<SimEvent> queue = new PriorityQueue<>();
    private long nanos;
    private long order;

    /**
     * A machine with one process on it, whose clock is right.
     *
     * @return the host, running
     */
    public SimHost host() {
        return new SimHost(this);
    }

    /**
     * A room on a host of its own.
     *
     * @return the room's ticker
     */
    public SimTicker ticker() {
        return host().ticker();
    }

    /**
     * True time, which no node sees.
     *
     * @return the time of day
     */
    public Instant now() {
        return START.plusNanos(nanos);
    }

    /**
     * How old the world is.
     *
     * @return the time since its beginning
     */
    public Duration elapsed() {
        return Duration.ofNanos(nanos);
    }

    /**
     * Runs the next event, after letting time pass until it is due.
     *
     * @return false when nothing is waiting
     */
    public boolean step() {
        SimEvent next = queue.poll();
        if (next == null) {
            return false;
        }
        nanos = next.at();
        next.run();
        return true;
    }

    /** Runs everything that is due now, and what that makes due, without letting time pass. */
    public void settle() {
        advance(Duration.ZERO);
    }

    /**
     * Lets time pass and runs what becomes due.
     *
     * @param duration how long
     */
    public void advance(Duration duration) {
        long end = nanos + duration.toNanos();
        while (dueBy(end)) {
            step();
        }
        nanos = end;
    }

    /**
     * Lets time pass until a result is there.
     *
     * @param stage what is waited for
     * @param <T> the result's type
     * @return the result
     * @throws java.util.concurrent.CompletionException when the stage failed
     * @throws IllegalStateException when it did not come within ten minutes
     */
    public <T> T until(CompletionStage<T> stage) {
        CompletableFuture<T> result = stage.toCompletableFuture();
        long end = nanos + PATIENCE.toNanos();
        while (!result.isDone() && dueBy(end)) {
            step();
        }
        if (!result.isDone()) {
            throw new IllegalStateException("no result within " + PATIENCE);
        }
        return result.join();
    }

    private boolean dueBy(long end) {
        SimEvent next = queue.peek();
        return next != null && next.at() <= end;
    }

    SimEvent schedule(SimHost host, Duration delay, Runnable task) {
        SimEvent event = new SimEvent(nanos + Math.max(0, delay.toNanos()), order++, host, task);
        queue.add(event);
        return event;
    }

    long nanos() {
        return nanos;
    }
}
