package org.sipring.dns;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sipring.api.Ticker;

/** One request to the primary at a time, with a limit; an answer that comes later is ignored. Lives in one room. */
final class Errand {
    private final Ticker ticker;
    private boolean busy;
    private long turn;
    private long began;

    Errand(Ticker ticker) {
        this.ticker = ticker;
    }

    boolean busy() {
        return busy;
    }

    /** When the last request was sent, in monotonic nanoseconds. */
    long began() {
        return began;
    }

    /** Forgets the request under way. */
    void drop() {
        turn++;
        busy = false;
    }

    <T> void run(Duration limit, Supplier<CompletionStage<T>> request, Consumer<T> done, Consumer<Throwable> failed) {
        busy = true;
        began = ticker.nanos();
        long mine = ++turn;
        Ticker.Timer guard = ticker.after(
                limit,
                () -> settle(
                        mine,
                        () -> failed.accept(new TimeoutException("no answer within " + limit.toMillis() + " ms"))));
        start(request)
                .whenComplete((value, error) -> ticker.execute(() -> {
                    guard.cancel();
                    settle(mine, () -> {
                        if (error == null) {
                            done.accept(value);
                        } else {
                            failed.accept(error);
                        }
                    });
                }));
    }

    private static <T> CompletionStage<T> start(Supplier<CompletionStage<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private void settle(long mine, Runnable then) {
        if (busy && mine == turn) {
            busy = false;
            then.run();
        }
    }
}
