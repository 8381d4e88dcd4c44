package org.sipring.store.patience;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question for all who want its answer: one at a time, and once more for those who came meanwhile, whom an answer from
 * before they asked would not serve. Callable from any thread.
 *
 * @param <T> the answer's type
 */
public final class Shared<T> {
    private final Supplier<? extends CompletionStage<T>> question;
    private boolean underWay;
    private @Nullable CompletableFuture<T> next;

    /**
     * Has asked nothing yet.
     *
     * @param question what is asked
     */
    public Shared(Supplier<? extends CompletionStage<T>> question) {
        this.question = question;
    }

    /**
     * Asks, or has it asked.
     *
     * @return an answer to a question that was asked after this was called
     */
    public CompletionStage<T> ask() {
        CompletableFuture<T> answer;
        synchronized (this) {
            if (underWay) {
                answer = next == null ? new CompletableFuture<>() : next;
                next = answer;
                return answer.minimalCompletionStage();
            }
            underWay = true;
            answer = new CompletableFuture<>();
        }
        ask(answer);
        return answer.minimalCompletionStage();
    }

    private void ask(CompletableFuture<T> answer) {
        var unused = CompletableFuture.completedStage(question)
                .thenCompose(Supplier::get)
                .whenComplete((value, failure) -> {
                    goOn();
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
    }

    private void goOn() {
        CompletableFuture<T> waiting;
        synchronized (this) {
            waiting = next;
            next = null;
            underWay = waiting != null;
        }
        if (waiting != null) {
            ask(waiting);
        }
    }
}
