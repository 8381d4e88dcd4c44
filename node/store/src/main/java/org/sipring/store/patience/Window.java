package org.sipring.store.patience;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many questions be under way at a time; the others wait in the order in which they came. A leader that is handed more
 * than it can answer in time answers none in time. Callable from any thread.
 */
public final class Window {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    /**
     * An empty one.
     *
     * @param most how many questions may be under way
     */
    public Window(int most) {
        free = most;
    }

    /**
     * Asks when there is room for it; until then no time counts.
     *
     * @param question what is asked
     * @param <T> the answer's type
     * @return the answer
     */
    public <T> CompletionStage<T> enter(Supplier<? extends CompletionStage<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable begin = () -> {
            var unused = CompletableFuture.completedStage(question)
                    .thenCompose(Supplier::get)
                    .whenComplete((value, failure) -> {
                        leave();
                        tell(answer, value, failure);
                    });
        };
        if (enters(begin)) {
            begin.run();
        }
        return answer.minimalCompletionStage();
    }

    private static <T> void tell(CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private synchronized boolean enters(Runnable begin) {
        if (free == 0) {
            waiting.add(begin);
            return false;
        }
        free--;
        return true;
    }

    private void leave() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
