package org.sipring.store.patience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.sipring.testkit.SimTime;

/** What gets no answer is asked again. */
final class PatienceTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SimTime time = new SimTime();
    private final Patience patience = new Patience(time.ticker(), LIMIT);
    private final Queue<CompletionStage<String>> replies = new ArrayDeque<>();

    private CompletableFuture<String> ask() {
        CompletableFuture<String> answer = patience.ask(replies::remove).toCompletableFuture();
        time.settle();
        return answer;
    }

    private static CompletionStage<String> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    @Test
    void anAnswerIsTold() {
        replies.add(CompletableFuture.completedFuture("yes"));

        assertThat(ask()).isCompletedWithValue("yes");
    }

    @Test
    void whatFailsIsAskedAgainUntilThereIsAnAnswer() {
        replies.addAll(List.of(
                failed(new IOException("no leader")),
                failed(new IllegalStateException("half closed")),
                CompletableFuture.completedFuture("yes")));
        CompletableFuture<String> answer = ask();

        assertThat(answer).isNotDone();

        time.advance(Duration.ofSeconds(1));

        assertThat(answer).isCompletedWithValue("yes");
    }

    @Test
    void atTheLimitItEndsAndSaysWhatFailedLast() {
        replies.add(failed(new IOException("no leader")));
        replies.add(new CompletableFuture<>());
        CompletableFuture<String> answer = ask();
        time.advance(LIMIT.minusNanos(1));

        assertThat(answer).isNotDone();

        time.advance(Duration.ofNanos(1));

        assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(TimeoutException.class)
                .withMessageContaining("may be made or not")
                .havingCause()
                .withMessage("no leader");
    }

    @Test
    void whatNoRepeatWillMendIsToldAtOnce() {
        replies.add(failed(new IllegalArgumentException("no command")));

        assertThat(ask()).isCompletedExceptionally();
        assertThat(replies).isEmpty();
    }

    @Test
    void whatTheQuestionThrowsIsAFailureLikeOthers() {
        CompletableFuture<String> answer = ask();

        assertThat(answer).isNotDone();

        replies.add(CompletableFuture.completedFuture("yes"));
        time.advance(Duration.ofSeconds(1));

        assertThat(answer).isCompletedWithValue("yes");
    }

    @Test
    void whatIsAwaitedIsToldInTheRoom() {
        CompletableFuture<Void> event = new CompletableFuture<>();
        CompletionStage<Void> over = patience.await(event, LIMIT);
        time.settle();
        event.complete(null);

        assertThat(over.toCompletableFuture()).as("in the thread of the event").isNotDone();

        time.settle();

        assertThat(over.toCompletableFuture()).isDone();
    }

    @Test
    void whatDoesNotComeIsAwaitedForAWhile() {
        CompletableFuture<Void> event = new CompletableFuture<>();
        CompletionStage<Void> over = patience.await(event, Duration.ofSeconds(1));
        time.advance(Duration.ofMillis(999));

        assertThat(over.toCompletableFuture()).isNotDone();

        time.advance(Duration.ofMillis(1));

        assertThat(over.toCompletableFuture()).isCompleted();
        assertThat(event).as("nobody waits for it any more").isDone();
    }
}
