package org.sipring.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the parts of a node in order and stops them in reverse. No failure is lost: the first one is thrown and bears
 * the others as suppressed.
 *
 * <p>{@link #stop} may be called from any thread, also while {@link #start} runs: it interrupts the start, and what
 * had been started is stopped.
 */
public final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final List<Part> parts = new ArrayList<>();
    private final Deque<Part> started = new ArrayDeque<>();
    private final Object starterLock = new Object();
    private @Nullable Thread starter;
    private volatile boolean stopping;

    /** Something that may fail. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it.
         *
         * @throws Exception when it fails
         */
        void run() throws Exception;
    }

    private record Part(String name, Action start, Action stop) {}

    /**
     * Adds a part. All are added before {@link #start}.
     *
     * @param name for the log
     * @param start returns when the part serves
     * @param stop also called when {@code start} failed half-way
     * @return this
     */
    public Lifecycle add(String name, Action start, Action stop) {
        parts.add(new Part(name, start, stop));
        return this;
    }

    /**
     * Starts all parts. When one fails, it and those before it are stopped.
     *
     * @throws Exception what the failing part threw
     * @throws InterruptedException when {@link #stop} came meanwhile
     */
    public synchronized void start() throws Exception {
        enter(Thread.currentThread());
        try {
            startAll();
        } catch (Exception failure) {
            stopStarted(failure);
            throw failure;
        } finally {
            enter(null);
        }
    }

    private void enter(@Nullable Thread thread) {
        synchronized (starterLock) {
            starter = thread;
        }
    }

    private void startAll() throws Exception {
        for (Part part : parts) {
            if (stopping) {
                throw new InterruptedException("stopped before '" + part.name() + "' was started");
            }
            started.push(part);
            part.start().run();
            LOG.debug("started {}", part.name());
        }
    }

    /**
     * Stops what was started. A second call does nothing.
     *
     * @throws Exception the first failure, when every part has been stopped
     */
    public void stop() throws Exception {
        stopping = true;
        synchronized (starterLock) {
            if (starter != null && starter != Thread.currentThread()) {
                starter.interrupt();
            }
        }
        stopNow();
    }

    private synchronized void stopNow() throws Exception {
        Exception failure = stopStarted(null);
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable Exception stopStarted(@Nullable Exception first) {
        // An interrupted start must not make the stops give up.
        boolean interrupted = Thread.interrupted();
        Exception failure = first;
        while (!started.isEmpty()) {
            failure = stop(started.pop(), failure);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure;
    }

    private static @Nullable Exception stop(Part part, @Nullable Exception earlier) {
        try {
            part.stop().run();
            LOG.debug("stopped {}", part.name());
            return earlier;
        } catch (Exception failed) {
            if (earlier == null) {
                return failed;
            }
            earlier.addSuppressed(failed);
            return earlier;
        }
    }
}
