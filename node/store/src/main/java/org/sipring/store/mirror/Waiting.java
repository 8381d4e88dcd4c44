package org.sipring.store.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Those who wait until a mirror has come as far as a mark. Lives in the mirror's room. */
final class Waiting {
    private final List<Waiter> waiters = new ArrayList<>();

    /**
     * Somebody who waits.
     *
     * @param mark for what
     * @param arrival completes when it is there; whoever completes it waits no more
     */
    record Waiter(Mark mark, CompletableFuture<Void> arrival) {}

    CompletableFuture<Void> until(Mark mark) {
        Waiter waiter = new Waiter(mark, new CompletableFuture<>());
        waiters.add(waiter);
        return waiter.arrival();
    }

    /** Those who wait now. */
    List<Waiter> now() {
        waiters.removeIf(waiter -> waiter.arrival().isDone());
        return List.copyOf(waiters);
    }

    /** The mirror has come so far. */
    void reached(Mark mark) {
        arrive(now().stream().filter(waiter -> mark.reaches(waiter.mark())).toList());
    }

    /** The mirror has all that these wait for. */
    void arrive(List<Waiter> there) {
        there.forEach(waiter -> waiter.arrival().complete(null));
        waiters.removeAll(there);
    }
}
