package org.sipring.app.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sipring.runtime.Shutdown;

/**
 * Keeps a server's command in the foreground until the process is told to end, and the process alive until the command
 * has closed what it opened. Open it first, so that it is closed last.
 */
public final class Forever implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Shutdown shutdown;

    /**
     * Listens for the end from now on. The calling thread is interrupted then, since it may wait for something else.
     *
     * @param name names the thread that hears of it
     */
    public Forever(String name) {
        Thread command = Thread.currentThread();
        shutdown = Shutdown.run(name, () -> {
            command.interrupt();
            await(done);
        });
    }

    /** Waits for Ctrl-C, SIGTERM or {@link #end}. */
    public void untilTold() {
        try {
            told.await();
        } catch (InterruptedException alsoMeansTheEnd) {
            // Closing needs no interrupt any more.
        }
    }

    /** Has the command end by itself. Callable from any thread. */
    public void end() {
        told.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("something does not close; ending anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        shutdown.close();
    }
}
