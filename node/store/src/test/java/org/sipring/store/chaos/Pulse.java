package org.sipring.store.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tells when the next change has been acknowledged. Callable from any thread. */
final class Pulse {
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(long sinceNanos, CompletableFuture<Long> acknowledged) {}

    /** A change that was begun at a time has been acknowledged now. */
    void beat(long begunNanos) {
        long now = System.nanoTime();
        List<Waiting> due = new ArrayList<>();
        synchronized (waiting) {
            waiting.removeIf(one -> one.sinceNanos <= begunNanos && due.add(one));
        }
        due.forEach(one -> one.acknowledged.complete(now));
    }

    /** When the first change has been acknowledged that was begun after this call: who had it before cannot have answered it. */
    CompletableFuture<Long> next() {
        Waiting one = new Waiting(System.nanoTime(), new CompletableFuture<>());
        synchronized (waiting) {
            waiting.add(one);
        }
        return one.acknowledged;
    }
}
