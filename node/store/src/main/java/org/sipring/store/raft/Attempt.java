package org.sipring.store.raft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.server.protocol.TermIndex;

/** A copy that was begun, and may be given up before a thread comes to it, or while one works at it. Callable from any thread. */
final class Attempt {
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITS);
    private final CompletableFuture<TermIndex> made = new CompletableFuture<>();

    private enum Stage {
        WAITS,
        RUNS,
        UNWANTED
    }

    /** Tells the thread that comes to it whether to make the copy, and to complete {@link #made} then. */
    boolean runs() {
        return stage.compareAndSet(Stage.WAITS, Stage.RUNS);
    }

    boolean isUnwanted() {
        return stage.get() == Stage.UNWANTED;
    }

    /** How far the copy has come, once there is one; a failure where there will be none. */
    CompletableFuture<TermIndex> made() {
        return made;
    }

    /** Nobody wants it any more. Nobody works at it when this returns. */
    void giveUp() {
        if (stage.getAndSet(Stage.UNWANTED) == Stage.RUNS) {
            var unused = made.handle((copy, failure) -> copy).join();
        }
    }
}
