package org.sipring.store.patience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;

/**
 * Asks together what comes while earlier questions are under way: one for many costs little more than one for one. What comes
 * alone is asked at once. Callable from any thread; the rest lives in its room.
 *
 * @param <Q> a question
 * @param <A> an answer
 */
public final class Bundler<Q, A> {
    private final Limits<Q> limits;
    private final Ticker room;
    private final Function<List<Q>, ? extends CompletionStage<List<A>>> asking;
    private final Queue<Waiting<Q, A>> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * What is asked together.
     *
     * @param underWay so many bundles without an answer let the others wait
     * @param held but no longer than so: what has been asked may hang
     * @param most how many questions at most are in one
     * @param mostBytes their size at most, unless a single one is larger
     * @param size a question's size, in bytes
     * @param <Q> a question
     */
    public record Limits<Q>(int underWay, Duration held, int most, int mostBytes, ToIntFunction<Q> size) {}

    private record Waiting<Q, A>(Q question, CompletableFuture<A> answer) {}

    /**
     * Has asked nothing yet.
     *
     * @param limits of a bundle
     * @param room where questions are asked and answers come
     * @param asking asks at least one question; gives an answer for each, in their order, in the room
     */
    public Bundler(Limits<Q> limits, Ticker room, Function<List<Q>, ? extends CompletionStage<List<A>>> asking) {
        this.limits = limits;
        this.room = room;
        this.asking = asking;
    }

    /**
     * Asks, alone or with others.
     *
     * @param question what
     * @return its answer, or what all of its bundle failed with
     */
    public CompletionStage<A> ask(Q question) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        room.execute(() -> {
            waiting.add(new Waiting<>(question, answer));
            next();
        });
        return answer.minimalCompletionStage();
    }

    private void next() {
        if (underWay < limits.underWay() && !waiting.isEmpty()) {
            new Bundle(take()).ask();
        }
    }

    private List<Waiting<Q, A>> take() {
        List<Waiting<Q, A>> taken = new ArrayList<>();
        int bytes = 0;
        do {
            bytes += size(waiting.element());
            taken.add(waiting.remove());
        } while (!waiting.isEmpty()
                && taken.size() < limits.most()
                && bytes + size(waiting.element()) <= limits.mostBytes());
        return taken;
    }

    private int size(Waiting<Q, A> asked) {
        return limits.size().applyAsInt(asked.question());
    }

    /** Counts as under way until it is answered, or until it has been held for long enough. */
    private final class Bundle {
        private final List<Waiting<Q, A>> asked;
        private boolean counts = true;

        Bundle(List<Waiting<Q, A>> asked) {
            this.asked = asked;
        }

        // What the asking throws is a failure like others.
        void ask() {
            underWay++;
            Ticker.Timer end = room.after(limits.held(), this::leave);
            List<Q> questions = asked.stream().map(Waiting::question).toList();
            var unused = CompletableFuture.completedStage(questions)
                    .thenCompose(asking)
                    .thenApply(answers -> counted(questions, answers))
                    .whenComplete((answers, failure) -> {
                        end.cancel();
                        leave();
                        tell(answers, failure);
                    });
        }

        private List<A> counted(List<Q> questions, List<A> answers) {
            if (answers.size() != questions.size()) {
                throw new IllegalStateException(answers.size() + " answers to " + questions.size() + " questions");
            }
            return answers;
        }

        private void leave() {
            if (counts) {
                counts = false;
                underWay--;
                next();
            }
        }

        private void tell(List<A> answers, @Nullable Throwable failure) {
            for (int i = 0; i < asked.size(); i++) {
                if (failure == null) {
                    asked.get(i).answer().complete(answers.get(i));
                } else {
                    asked.get(i).answer().completeExceptionally(failure);
                }
            }
        }
    }
}
