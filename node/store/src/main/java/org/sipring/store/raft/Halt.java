package org.sipring.store.raft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a division whose replica cannot apply what the group has agreed on. Ratis 3.3.0 would do so itself when the replica
 * throws; but where the division is being closed just then, the thread that applies turns without end, and who closes waits for
 * it for ever. So nothing is thrown: what comes afterwards is left to the next start, which applies it again.
 */
final class Halt {
    private static final Logger LOG = LoggerFactory.getLogger(Halt.class);

    private final Runnable end;
    private final Executor beside;
    private final AtomicBoolean halted = new AtomicBoolean();

    /**
     * Nothing has failed yet.
     *
     * @param end closes the division, and waits for the thread that applies
     * @param beside threads that may be blocked
     */
    Halt(Runnable end, Executor beside) {
        this.end = end;
        this.beside = beside;
    }

    /**
     * Does what an entry asks for, unless something has failed before. Only in the thread that applies.
     *
     * @param work applies it
     * @return what came of it; fails where it could not be applied, which says nothing of the other replicas
     */
    <T> CompletableFuture<T> unless(Supplier<T> work) {
        if (halted.get()) {
            return CompletableFuture.failedFuture(new IllegalStateException("this replica has come to a halt"));
        }
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException failure) {
            because(failure);
            return CompletableFuture.failedFuture(
                    new IllegalStateException("this replica comes to a halt: " + failure.getMessage(), failure));
        }
    }

    /** Something has failed: nothing is applied any more. */
    void because(Exception failure) {
        if (halted.compareAndSet(false, true)) {
            LOG.error("this node's replica of the store cannot go on, and is started again: {}", failure.toString());
            try {
                beside.execute(end);
            } catch (RejectedExecutionException over) {
                LOG.debug("the node ends anyway: {}", over.toString());
            }
        }
    }
}
