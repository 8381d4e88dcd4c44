package org.sipring.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sipring.api.Store;
import org.sipring.api.Ticker;

/** A reader that asks again and again for what is true now, whoever has written it. */
final class StoreReads {
    private StoreReads() {}

    /** How long each took until the node had what had been acknowledged anywhere before, in milliseconds. */
    static Spread upToDate(Store store, Ticker clock, int seconds) {
        long end = clock.nanos() + TimeUnit.SECONDS.toNanos(seconds);
        List<Double> millis = new ArrayList<>();
        for (long begun = clock.nanos(); begun < end; begun = clock.nanos()) {
            store.catchUp().toCompletableFuture().join();
            millis.add((clock.nanos() - begun) / 1e6);
        }
        return Spread.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
