package org.sipring.proxy.core;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;

/** Brings what others answer back into a room. */
final class Answer {
    private Answer() {}

    /** Hears a value or a failure in the ticker's room: at once where it is already there. Called in that room. */
    static <T> void hear(CompletionStage<T> stage, Ticker ticker, Consumer<T> then, Runnable failed) {
        if (stage.toCompletableFuture().isDone()) {
            stage.whenComplete((value, failure) -> tell(value, failure, then, failed));
        } else {
            stage.whenComplete((value, failure) -> ticker.execute(() -> tell(value, failure, then, failed)));
        }
    }

    private static <T> void tell(T value, @Nullable Throwable failure, Consumer<T> then, Runnable failed) {
        if (failure == null) {
            then.accept(value);
        } else {
            failed.run();
        }
    }
}
