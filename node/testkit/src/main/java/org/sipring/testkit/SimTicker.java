package org.sipring.testkit;

import java.time.Duration;
import java.time.Instant;
import org.sipring.api.Ticker;

/** A room of a simulated process. The rooms of a world share one thread: the one that lets its time pass. */
public final class SimTicker implements Ticker {
    private final SimTime time;
    private final SimHost host;

    SimTicker(SimTime time, SimHost host) {
        this.time = time;
        this.host = host;
    }

    /**
     * The process that the room is in.
     *
     * @return its host
     */
    public SimHost host() {
        return host;
    }

    @Override
    public Instant now() {
        return host.now();
    }

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return time.schedule(host, delay, task);
    }

    @Override
    public void execute(Runnable task) {
        time.schedule(host, Duration.ZERO, task);
    }
}
