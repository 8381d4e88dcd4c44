package org.sipring.store.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Those who wait until the log has been applied here as far as an index. Callable from any thread. */
final class Arrivals {
    private final NavigableMap<Long, List<CompletableFuture<Void>>> waiting = new TreeMap<>();
    private long applied = -1;

    /** Completes when the entry has been applied here, at once where it has been. Whoever completes it waits no more. */
    CompletionStage<Void> of(long index) {
        CompletableFuture<Void> arrival = new CompletableFuture<>();
        synchronized (this) {
            if (index > applied) {
                waiting.computeIfAbsent(index, place -> new ArrayList<>(1)).add(arrival);
                var unused = arrival.whenComplete((done, failure) -> forget(index, arrival));
                return arrival;
            }
        }
        arrival.complete(null);
        return arrival;
    }

    // Where the replica never gets there, those who gave up must not stay.
    private synchronized void forget(long index, CompletableFuture<Void> arrival) {
        List<CompletableFuture<Void>> others = waiting.get(index);
        if (others != null && others.removeIf(other -> other == arrival) && others.isEmpty()) {
            waiting.remove(index);
        }
    }

    synchronized int size() {
        return waiting.size();
    }

    /** An entry has been applied, and all before it. */
    void reached(long index) {
        List<CompletableFuture<Void>> arrived = new ArrayList<>();
        synchronized (this) {
            applied = Math.max(applied, index);
            var due = waiting.headMap(applied, true);
            due.values().forEach(arrived::addAll);
            due.clear();
        }
        arrived.forEach(arrival -> arrival.complete(null));
    }
}
