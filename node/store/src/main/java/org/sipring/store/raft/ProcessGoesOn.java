package org.sipring.store.raft;

import org.apache.ratis.util.ExitUtils;

/**
 * Keeps Ratis from ending the process, which is not its own: it does so when a port is taken, and at every exception that
 * any thread lets out.
 */
final class ProcessGoesOn {
    private ProcessGoesOn() {}

    /** From now on; done again it changes nothing. */
    static void ensure() {
        // To touch Ratis' class replaces the handler of the whole process.
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        ExitUtils.disableSystemExit();
        ExitUtils.setTerminateOnUncaughtException(false);
        Thread.setDefaultUncaughtExceptionHandler(handler);
    }
}
