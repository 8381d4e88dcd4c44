package org.sipring.runtime;

/** What must be done before the process ends, whether by Ctrl-C, SIGTERM or its own decision. */
public final class Shutdown implements AutoCloseable {
    private final Thread hook;

    private Shutdown(Thread hook) {
        this.hook = hook;
    }

    /**
     * Has a task run when the Java machine is told to end; the machine waits for it.
     *
     * @param name the thread's name
     * @param task what to do
     * @return forgets the task when closed
     */
    public static Shutdown run(String name, Runnable task) {
        Thread hook = new Thread(task, name);
        Runtime.getRuntime().addShutdownHook(hook);
        return new Shutdown(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The task is running already.
        }
    }
}
