package org.sipring.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * The time of a simulated world: one queue of events, run one by one in the thread that calls. Time passes only from
 * event to event, so a minute of the world takes as long as its events do. Equal calls give equal runs.
 */
public final class SimTime {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

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
