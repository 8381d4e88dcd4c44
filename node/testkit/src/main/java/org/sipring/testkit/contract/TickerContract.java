package org.sipring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sipring.api.Ticker;

/** What a {@link Ticker} does. */
public abstract class TickerContract {
    private static final Duration SOON = Duration.ofMillis(20);

    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** For subclasses. */
    protected TickerContract() {}

    /**
     * The ticker under test.
     *
     * @return the same one within one test
     */
    protected abstract Ticker ticker();

    /**
     * Lets time pass until a result is there.
     *
     * @param stage what is waited for
     * @param <T> the result's type
     * @return the result
     */
    protected abstract <T> T result(CompletionStage<T> stage);

    @Test
    final void tasksRunInTheOrderInWhichTheyWereGiven() {
        IntStream.range(0, 100).forEach(number -> ticker().execute(() -> heard.add("task " + number)));
        atLast(Duration.ZERO);

        assertThat(heard)
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(number -> "task " + number)
                        .toList());
    }

    @Test
    final void laterTasksRunInTheOrderOfTheirTimes() {
        inRoom(() -> {
            ticker().after(SOON.multipliedBy(3), () -> heard.add("third"));
            ticker().after(SOON, () -> heard.add("first"));
            ticker().after(SOON.multipliedBy(2), () -> heard.add("second"));
        });
        atLast(SOON.multipliedBy(4));

        assertThat(heard).containsExactly("first", "second", "third");
    }

    @Test
    final void aTaskRunsNotBeforeItsTime() {
        long before = ticker().nanos();
        atLast(SOON);

        assertThat(ticker().nanos() - before).isGreaterThanOrEqualTo(SOON.toNanos());
    }

    @Test
    final void aTaskWhoseTimeHasPassedRuns() {
        atLast(Duration.ofSeconds(-1));

        assertThat(heard).isEmpty();
    }

    @Test
    final void aCancelledTaskDoesNotRun() {
        inRoom(() -> ticker().after(SOON, () -> heard.add("never")).cancel());
        atLast(SOON.multipliedBy(2));

        assertThat(heard).isEmpty();
    }

    @Test
    final void cancellingTwiceOrTooLateDoesNothing() {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        inRoom(() -> {
            Ticker.Timer timer = ticker().after(Duration.ZERO, () -> ran.complete(null));
            ticker().after(SOON, () -> {
                timer.cancel();
                timer.cancel();
                heard.add("still here");
            });
        });
        result(ran);
        atLast(SOON.multipliedBy(2));

        assertThat(heard).containsExactly("still here");
    }

    @Test
    final void aTaskNeverRunsWithinAnother() {
        inRoom(() -> {
            ticker().execute(() -> heard.add("inner"));
            heard.add("outer");
        });
        atLast(Duration.ZERO);

        assertThat(heard).containsExactly("outer", "inner");
    }

    @Test
    final void allTasksRunInOneThread() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        ticker().execute(() -> threads.add(Thread.currentThread()));
        inRoom(() -> ticker().after(SOON, () -> threads.add(Thread.currentThread())));
        atLast(SOON.multipliedBy(2));

        assertThat(threads).hasSize(2);
        assertThat(threads.get(0)).isSameAs(threads.get(1));
    }

    @Test
    final void monotonicTimeNeverRunsBackwards() {
        List<Long> times = new CopyOnWriteArrayList<>();
        IntStream.range(0, 100).forEach(number -> ticker().execute(() -> times.add(ticker().nanos())));
        atLast(Duration.ZERO);

        assertThat(times).isSorted();
    }

    private void inRoom(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ticker().execute(() -> {
            task.run();
            done.complete(null);
        });
        result(done);
    }

    private void atLast(Duration delay) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ticker().execute(() -> ticker().after(delay, () -> done.complete(null)));
        result(done);
    }
}
