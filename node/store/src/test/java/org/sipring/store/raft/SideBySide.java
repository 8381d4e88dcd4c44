package org.sipring.store.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Ends replicas at once: each waits for seconds, for threads of its own. */
final class SideBySide {
    private SideBySide() {}

    /**
     * Closes them all.
     *
     * @throws IllegalStateException when one could not be closed; the others are
     */
    static void close(List<? extends AutoCloseable> all) {
        List<FutureTask<Void>> ends = new ArrayList<>();
        for (AutoCloseable one : all) {
            FutureTask<Void> end = new FutureTask<>(() -> {
                one.close();
                return null;
            });
            ends.add(end);
            new Thread(end, "closing").start();
        }
        ends.forEach(SideBySide::join);
    }

    private static void join(FutureTask<Void> end) {
        try {
            var unused = end.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("cannot close a replica", e);
        }
    }
}
