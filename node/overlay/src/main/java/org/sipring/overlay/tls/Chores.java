package org.sipring.overlay.tls;

import java.time.Duration;

/** Threads for work that must not hold up an IO thread. Callable from any thread. */
public interface Chores {
    /**
     * Runs a task soon.
     *
     * @param task what to run
     */
    void execute(Runnable task);

    /**
     * Runs a task later. It cannot be taken back: it looks for itself whether it is still wanted.
     *
     * @param delay how long to wait
     * @param task what to run
     */
    void after(Duration delay, Runnable task);
}
