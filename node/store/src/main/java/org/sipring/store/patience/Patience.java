package org.sipring.store.patience;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;

/**
 * For how long is asked again what got no answer. What it asks and completes, it asks and completes in its room: neither
 * a library's threads nor the JDK's clock thread run what callers make of it. Callable from any thread.
 *
 * @param room where that happens; nobody may block there
 * @param limit how long
 */
public record Patience(Ticker room, Duration limit) {
    private static final Duration PAUSE = Duration.ofMillis(250);

    /**
     * Says what time it is, for names of requests.
     *
     * @return now by this node's clock
     */
    public Instant now() {
        return room.now();
    }

    /**
     * Asks until there is an answer.
     *
     * @param question must be harmless when repeated
     * @param <T> the answer's type
     * @return the answer; {@link TimeoutException} when the limit is reached, at once what no repeat will mend
     */
    public <T> CompletionStage<T> ask(Supplier<? extends CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        room.execute(() -> {
            Asking<T> asking = new Asking<>(question, answer);
            Ticker.Timer end = room.after(limit, asking::giveUp);
            var unused = answer.whenComplete((value, failure) -> end.cancel());
            asking.once();
        });
        return answer.minimalCompletionStage();
    }

    /**
     * Waits for something at most so long; then goes on without it.
     *
     * @param event what is waited for; completed by this when it takes longer, so that nobody waits for it any more
     * @param atMost how long
     * @return completes in the room
     */
    public CompletionStage<Void> await(CompletionStage<Void> event, Duration atMost) {
        CompletableFuture<Void> over = event.toCompletableFuture();
        CompletableFuture<Void> here = new CompletableFuture<>();
        room.execute(() -> {
            Ticker.Timer end = room.after(atMost, () -> over.complete(null));
            var unused = over.whenComplete((done, failure) -> room.execute(() -> {
                end.cancel();
                here.complete(null);
            }));
        });
        return here.minimalCompletionStage();
    }

    /** One question until its answer. Lives in the room. */
    private final class Asking<T> {
        private final Supplier<? extends CompletionStage<T>> question;
        private final CompletableFuture<T> answer;
        private @Nullable Throwable last;

        Asking(Supplier<? extends CompletionStage<T>> question, CompletableFuture<T> answer) {
            this.question = question;
            this.answer = answer;
        }

        void once() {
            if (answer.isDone()) {
                return;
            }
            // What the question throws is a failure like others.
            var unused = CompletableFuture.completedStage(question)
                    .thenCompose(Supplier::get)
                    .whenComplete((value, failure) -> room.execute(() -> take(value, failure)));
        }

        private void take(T value, @Nullable Throwable failure) {
            if (failure == null) {
                answer.complete(value);
                return;
            }
            last = cause(failure);
            if (hopeless(last)) {
                answer.completeExceptionally(last);
            } else {
                room.after(PAUSE, this::once);
            }
        }

        void giveUp() {
            TimeoutException late = new TimeoutException("the store has not answered within " + limit.toSeconds()
                    + " s, it has no majority or cannot be reached: a change that it was asked for may be made or not");
            if (last != null) {
                late.initCause(last);
            }
            answer.completeExceptionally(late);
        }
    }

    // Without what futures wrap around it.
    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? cause(failure.getCause())
                : failure;
    }

    // Refused by a replica, not to be sent at all, or not wanted any more.
    private static boolean hopeless(Throwable failure) {
        return failure instanceof IllegalArgumentException || failure instanceof CancellationException;
    }
}
