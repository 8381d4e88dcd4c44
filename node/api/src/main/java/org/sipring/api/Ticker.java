package org.sipring.api;

import java.time.Duration;
import java.time.Instant;

/**
 * The only source of time. Each instance belongs to one thread, its room: callbacks run there, and only there may
 * {@link #after} be called, except that {@link #execute} may be called from anywhere.
 */
public interface Ticker {
    /**
     * The time of day, for stamps, expiries and what people read. It may jump.
     *
     * @return now by this node's clock
     */
    Instant now();

    /**
     * Monotonic time, for measuring durations.
     *
     * @return nanoseconds since some moment, never running backwards
     */
    long nanos();

    /**
     * Runs a task once in this ticker's thread, not before its time. A longer delay may last some hundredths of a second
     * longer still, so two tasks that are due within that may run in either order.
     *
     * @param delay how long to wait, by monotonic time
     * @param task what to run
     * @return cancels the task when closed before it ran
     */
    Timer after(Duration delay, Runnable task);

    /**
     * Runs a task in this ticker's thread as soon as it is free. Callable from any thread.
     *
     * @param task what to run
     */
    void execute(Runnable task);

    /** A pending task. */
    interface Timer {
        /** Cancels the task; does nothing once it ran. Called in the ticker's thread. */
        void cancel();
    }
}
