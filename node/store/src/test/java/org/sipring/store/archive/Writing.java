package org.sipring.store.archive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Writes one document after the other in a thread of its own, and knows how many have been acknowledged. */
final class Writing implements AutoCloseable {
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicBoolean ends = new AtomicBoolean();
    private final IntConsumer document;
    private final CompletableFuture<Void> done;

    /**
     * Begins at once.
     *
     * @param document writes the one of a number, from 0 on; returns when it is acknowledged
     */
    Writing(IntConsumer document) {
        this.document = document;
        done = CompletableFuture.runAsync(this::write);
    }

    private void write() {
        while (!ends.get()) {
            document.accept(acknowledged.get());
            acknowledged.incrementAndGet();
        }
    }

    /** Waits for so many, and tells how many there are then. */
    int until(int count) throws InterruptedException {
        while (acknowledged.get() < count) {
            // Throws what the writer has met.
            done.getNow(null);
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return acknowledged.get();
    }

    @Override
    public void close() {
        ends.set(true);
        done.join();
    }
}
