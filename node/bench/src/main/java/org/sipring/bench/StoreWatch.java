package org.sipring.bench;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sipring.api.Store;

/**
 * How long it takes until a node hears of a change, wherever it was made. The change says when it was asked for: all processes of a Linux
 * machine read one monotonic clock. The first that is heard of a document counts.
 */
final class StoreWatch implements Store.Watcher {
    private static final String COLLECTION = "watched";
    private static final int POLL_MILLIS = 10;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Store store;
    private final Map<String, Double> millis = new ConcurrentHashMap<>();

    private StoreWatch(Store store) {
        this.store = store;
    }

    static StoreWatch begin(Store store) {
        StoreWatch watch = new StoreWatch(store);
        store.watch(COLLECTION, watch);
        return watch;
    }

    @Override
    public void changed(String key) {
        long now = System.nanoTime();
        store.get(COLLECTION, key)
                .ifPresent(document -> millis.putIfAbsent(
                        key, (now - ByteBuffer.wrap(document.value()).getLong()) / 1e6));
    }

    @Override
    public void allChanged() {
        // What is heard so is missing in the count.
    }

    /** Makes changes, one after the other with a pause behind each; gives how many. */
    int change(String round, int seconds, int pauseMillis) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int count = 0;
        while (System.nanoTime() < end) {
            byte[] now =
                    ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
            var unused = store.put(COLLECTION, round + '-' + count, now, 0)
                    .toCompletableFuture()
                    .get(PATIENCE_NANOS, TimeUnit.NANOSECONDS)
                    .orElseThrow();
            count++;
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
        return count;
    }

    /** Waits until so many of a round have been heard of. */
    Spread heard(String round, int count) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        double[] heard = of(round);
        while (heard.length < count) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("heard of " + heard.length + " of " + count);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            heard = of(round);
        }
        return Spread.of(heard);
    }

    private double[] of(String round) {
        return millis.entrySet().stream()
                .filter(change -> change.getKey().startsWith(round + '-'))
                .mapToDouble(Map.Entry::getValue)
                .toArray();
    }
}
