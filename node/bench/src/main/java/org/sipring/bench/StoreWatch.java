package org.sipring.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.sipring.api.Store;
import org.sipring.api.Ticker;
import org.sipring.runtime.Wait;

/**
 * How long it takes until a node hears of a change, wherever it was made. The change says when it was asked for, and when the one before it
 * was acknowledged: all processes of a Linux machine read one monotonic clock. The first that is heard of a document counts.
 */
final class StoreWatch implements Store.Watcher {
    private static final String COLLECTION = "watched";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Store store;
    private final Ticker clock;
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /** A change as it was heard of, in nanoseconds of the machine's clock. */
    private record Told(long heard, long asked, long formerAcknowledged) {
        byte[] bytes() {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(asked)
                    .putLong(formerAcknowledged)
                    .array();
        }

        static Told of(byte[] value, long heard) {
            ByteBuffer bytes = ByteBuffer.wrap(value);
            return new Told(heard, bytes.getLong(), bytes.getLong());
        }
    }

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
        store.get(COLLECTION, key).ifPresent(document -> told.putIfAbsent(key, Told.of(document.value(), now)));
    }

    @Override
    public void allChanged() {
        // What is heard so is missing in the count.
    }

    /** Makes changes, one after the other with a pause behind each; gives how many. */
    int change(String round, int seconds, int pauseMillis) throws Exception {
        long end = clock.nanos() + TimeUnit.SECONDS.toNanos(seconds);
        long acknowledged = clock.nanos();
        int count = 0;
        while (clock.nanos() < end) {
            byte[] value = new Told(0, clock.nanos(), acknowledged).bytes();
            var unused = store.put(COLLECTION, key(round, count), value, 0)
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .orElseThrow();
            acknowledged = clock.nanos();
            count++;
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
        return count;
    }

    private static String key(String round, int number) {
        return round + '-' + number;
    }

    /** Waits until so many of a round have been heard of; tells how long after they were asked for. */
    Spread heard(String round, int count) throws TimeoutException {
        await(round, count);
        return Spread.of(IntStream.range(0, count)
                .mapToObj(number -> at(round, number))
                .mapToDouble(change -> (change.heard() - change.asked()) / 1e6)
                .toArray());
    }

    /** Of all but the last, how long after their acknowledgement; 0 for those that were heard of before. */
    Spread afterwards(String round, int count) throws TimeoutException {
        await(round, count);
        return Spread.of(IntStream.range(1, count)
                .mapToLong(number ->
                        at(round, number - 1).heard() - at(round, number).formerAcknowledged())
                .mapToDouble(nanos -> Math.max(0, nanos) / 1e6)
                .toArray());
    }

    private Told at(String round, int number) {
        return Objects.requireNonNull(told.get(key(round, number)));
    }

    private void await(String round, int count) throws TimeoutException {
        if (!Wait.until(PATIENCE, () -> heardOf(round, count) == count)) {
            throw new TimeoutException("heard of " + heardOf(round, count) + " of " + count);
        }
    }

    private long heardOf(String round, int count) {
        return IntStream.range(0, count)
                .filter(number -> told.containsKey(key(round, number)))
                .count();
    }
}
