package org.sipring.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sipring.api.Store;
import org.sipring.api.Ticker;
import org.sipring.runtime.Wait;

/**
 * How long it takes until a node hears of a change, wherever it was made. The change says when it was asked for: all processes of a Linux
 * machine read one monotonic clock. The first that is heard of a document counts.
 */
final class StoreWatch implements Store.Watcher {
    private static final String COLLECTION = "watched";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Store store;
    private final Ticker clock;
    private final Map<String, Double> millis = new ConcurrentHashMap<>();

    private StoreWatch(Store store, Ticker clock) {
        this.store = store;
        this.clock = clock;
    }

    static StoreWatch begin(Store store, Ticker clock) {
        StoreWatch watch = new StoreWatch(store, clock);
        store.watch(COLLECTION, watch);
        return watch;
    }

    @Override
    public void changed(String key) {
        long now = clock.nanos();
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
        long end = clock.nanos() + TimeUnit.SECONDS.toNanos(seconds);
        int count = 0;
        while (clock.nanos() < end) {
            byte[] now = ByteBuffer.allocate(Long.BYTES).putLong(clock.nanos()).array();
            var unused = store.put(COLLECTION, round + '-' + count, now, 0)
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .orElseThrow();
            count++;
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
        return count;
    }

    /** Waits until so many of a round have been heard of. */
    Spread heard(String round, int count) throws TimeoutException {
        boolean all = Wait.until(PATIENCE, () -> of(round).length >= count);
        double[] heard = of(round);
        if (!all) {
            throw new TimeoutException("heard of " + heard.length + " of " + count);
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
