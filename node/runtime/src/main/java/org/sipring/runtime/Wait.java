package org.sipring.runtime;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for other processes, which give no other sign than being asked again. For command lines, never for nodes. */
public final class Wait {
    private static final Duration STEP = Duration.ofMillis(50);

    private Wait() {}

    /**
     * Asks again and again until the answer is yes.
     *
     * @param limit when to give up
     * @param done what is asked, in the caller's thread
     * @return false when the limit passed or the thread was interrupted
     */
    public static boolean until(Duration limit, BooleanSupplier done) {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || !pause()) {
                return false;
            }
        }
        return true;
    }

    private static boolean pause() {
        try {
            Thread.sleep(STEP.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
