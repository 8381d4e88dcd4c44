package org.sipring.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A machine with one process on it. Its clock may be wrong and may jump; the process may hang, go on later, or be
 * killed. A process that starts again is a new host.
 */
public final class SimHost {
    private final SimTime time;
    private final Queue<Runnable> backlog = new ArrayDeque<>();
    private Duration offset = Duration.ZERO;
    private boolean hung;
    private boolean killed;

    SimHost(SimTime time) {
        this.time = time;
    }

    /**
     * A room in the process.
     *
     * @return the room's ticker
     */
    public SimTicker ticker() {
        return new SimTicker(time, this);
    }

    /**
     * Moves the clock's time of day. Monotonic time is not touched.
     *
     * @param by how far; negative: back
     */
    public void jump(Duration by) {
        offset = offset.plus(by);
    }

    /** Stops the process where it is (SIGSTOP). What becomes due waits. */
    public void hang() {
        hung = true;
    }

    /** Lets a hung process go on (SIGCONT). What waited runs at once. */
    public void resume() {
        hung = false;
        while (!hung && !backlog.isEmpty()) {
            backlog.remove().run();
        }
    }

    /** Ends the process (SIGKILL). Nothing of it runs again. */
    public void kill() {
        killed = true;
        backlog.clear();
    }

    /**
     * Tells whether the process does anything.
     *
     * @return false when it hangs or was killed
     */
    public boolean running() {
        return !hung && !killed;
    }

    /**
     * Tells whether the process is gone for good.
     *
     * @return true once it was killed
     */
    public boolean killed() {
        return killed;
    }

    Instant now() {
        return time.now().plus(offset);
    }

    void run(Runnable task) {
        if (running()) {
            task.run();
        } else if (!killed) {
            backlog.add(task);
        }
    }
}
