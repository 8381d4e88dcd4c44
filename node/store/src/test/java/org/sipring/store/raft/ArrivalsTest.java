package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who waits for an entry of the log. */
final class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals();

    private CompletableFuture<Void> of(long index) {
        return arrivals.of(index).toCompletableFuture();
    }

    @Test
    void whatHasBeenAppliedIsThere() {
        arrivals.reached(7);

        assertThat(of(7)).isDone();
        assertThat(of(3)).isDone();
    }

    @Test
    void whatFollowsIsWaitedFor() {
        CompletableFuture<Void> eight = of(8);
        CompletableFuture<Void> nine = of(9);
        arrivals.reached(8);

        assertThat(eight).isDone();
        assertThat(nine).isNotDone();

        arrivals.reached(10);

        assertThat(nine).isDone();
    }

    @Test
    void anOlderPlaceTakesNothingBack() {
        arrivals.reached(7);
        arrivals.reached(3);

        assertThat(of(7)).isDone();
    }

    @Test
    void whoWaitsNoMoreIsForgotten() {
        CompletableFuture<Void> gaveUp = of(8);
        CompletableFuture<Void> waits = of(8);
        gaveUp.complete(null);

        assertThat(waits).isNotDone();

        waits.complete(null);

        assertThat(arrivals.size()).isZero();
    }
}
