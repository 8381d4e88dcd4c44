package org.sipring.bench;

import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.sipring.api.Store;
import org.sipring.api.Ticker;

/** Writers that each make one document after the other. */
final class StoreWriters {
    private static final String COLLECTION = "bench";

    private final Store store;
    private final Ticker clock;
    private final String name;
    private final byte[] value;
    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();

    StoreWriters(Store store, Ticker clock, int kilobytes) {
        this.store = store;
        this.clock = clock;
        name = Long.toHexString(clock.nanos());
        value = new byte[kilobytes * 1_024];
        new Random(1).nextBytes(value);
    }

    /** How long each took until it was acknowledged, in milliseconds. */
    Spread run(int writers, int seconds) {
        long end = clock.nanos() + TimeUnit.SECONDS.toNanos(seconds);
        CompletableFuture.allOf(IntStream.range(0, writers)
                        .mapToObj(writer -> write(writer, 0, end))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        return Spread.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private CompletableFuture<Void> write(int writer, int number, long end) {
        long begun = clock.nanos();
        if (begun >= end) {
            return CompletableFuture.completedFuture(null);
        }
        return store.put(COLLECTION, name + '-' + writer + '-' + number, value, 0)
                .thenCompose(written -> {
                    var unused = written.orElseThrow();
                    millis.add((clock.nanos() - begun) / 1e6);
                    return write(writer, number + 1, end);
                })
                .toCompletableFuture();
    }
}
