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

    /** Completes when the entry has been applied here, at once where it has been. */
    CompletionStage<Void> of(long index) {
        CompletableFuture<Void> arrival = new CompletableFuture<>();
        synchronized (this) {
            if (index > applied) {
                waiting.computeIfAbsent(index, place -> new ArrayList<>(1)).add(arrival);
                return arrival;
            }
        }
        arrival.complete(null);
        return arrival;
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
