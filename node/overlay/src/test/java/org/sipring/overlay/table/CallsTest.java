package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sipring.testkit.SimTime;

class CallsTest {
    private final SimTime time = new SimTime();
    private final Calls calls = new Calls(time.ticker());

    @Test
    void anAnswerIsToldAtOnce() {
        calls.start();
        CompletableFuture<String> owner = new CompletableFuture<>();
        CompletableFuture<String> answer = calls.make(() -> owner);
        owner.complete("yes");
        assertThat(answer).isCompletedWithValue("yes");
        assertThat(calls.outstanding()).isZero();
    }

    @Test
    void aFailureIsToldInTheRoom() {
        calls.start();
        CompletableFuture<String> owner = new CompletableFuture<>();
        CompletableFuture<String> answer = calls.make(() -> owner);
        owner.completeExceptionally(new IllegalStateException("gone"));
        assertThat(answer).isNotDone();
        time.settle();
        assertThat(answer).isCompletedExceptionally();
        assertThat(calls.outstanding()).isZero();
    }

    @Test
    void aSilentOwnerIsGivenUpInTime() {
        calls.start();
        CompletableFuture<String> answer = calls.make(CompletableFuture::new);
        time.advance(Calls.LIMIT.minusMillis(1));
        assertThat(answer).isNotDone();
        time.advance(Duration.ofMillis(500));
        assertThatThrownBy(answer::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(calls.outstanding()).isZero();
    }

    @Test
    void aLateAnswerIsDropped() {
        calls.start();
        CompletableFuture<String> owner = new CompletableFuture<>();
        CompletableFuture<String> answer = calls.make(() -> owner);
        time.advance(Calls.LIMIT.multipliedBy(2));
        owner.complete("late");
        assertThat(answer).isCompletedExceptionally();
        assertThat(calls.outstanding()).isZero();
    }

    @Test
    void aCallThatCannotBeSentFailsInItsAnswer() {
        calls.start();
        assertThat(calls.make(() -> {
                    throw new IllegalStateException("not active");
                }))
                .isCompletedExceptionally();
        assertThat(calls.outstanding()).isZero();
    }

    @Test
    void tooManyCallsAreRefused() {
        calls.start();
        List<CompletableFuture<String>> owners = Stream.generate(CompletableFuture<String>::new)
                .limit(Calls.MAX_OUTSTANDING)
                .toList();
        List<CompletableFuture<String>> all =
                owners.stream().map(owner -> calls.make(() -> owner)).toList();
        assertThatThrownBy(calls.make(CompletableFuture::new)::join)
                .hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(calls.outstanding()).isEqualTo(Calls.MAX_OUTSTANDING);
        owners.forEach(owner -> owner.complete("yes"));
        assertThat(all.stream().filter(CompletableFuture::isDone)).hasSize(Calls.MAX_OUTSTANDING);
        assertThat(calls.outstanding()).isZero();
    }

    @Test
    void nothingIsSentBeforeTheStartAndAfterTheStop() {
        assertThat(calls.make(() -> CompletableFuture.completedFuture("yes"))).isCompletedExceptionally();
        calls.start();
        CompletableFuture<String> outstanding = calls.make(CompletableFuture::new);
        calls.stop();
        assertThat(outstanding).isCompletedExceptionally();
        assertThat(calls.make(() -> CompletableFuture.completedFuture("yes"))).isCompletedExceptionally();
    }
}
