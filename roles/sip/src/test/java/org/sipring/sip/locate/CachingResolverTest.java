package org.sipring.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** RFC 2308, and what a memory must not do. */
final class CachingResolverTest {
    private static final CachingResolver.Limits LIMITS =
            new CachingResolver.Limits(2, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(5));
    private static final Question HOST = new Question(Question.Kind.A, "Host.Example.com.");

    private final List<CompletableFuture<Answer>> asked = new ArrayList<>();
    private long now;
    private final CachingResolver resolver = new CachingResolver(
            question -> {
                asked.add(new CompletableFuture<>());
                return asked.get(asked.size() - 1);
            },
            LIMITS,
            () -> now);

    private void ask(Question question) {
        resolver.ask(question);
    }

    private void pass(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private void answer(int ttl, Answer.Entry... records) {
        asked.get(asked.size() - 1).complete(new Answer(List.of(records), Duration.ofSeconds(ttl)));
    }

    private static Answer.Address address() {
        return new Answer.Address(InetAddress.getLoopbackAddress());
    }

    private void heldFor(int seconds) {
        pass(seconds - 1);
        ask(HOST);
        assertThat(asked).hasSize(1);
        pass(1);
        ask(HOST);
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatCannotBeAskedFailsAndIsNotWaitedFor() {
        CachingResolver broken = new CachingResolver(
                question -> {
                    throw new IllegalStateException("no socket");
                },
                LIMITS,
                () -> now);
        assertThat(broken.ask(HOST).toCompletableFuture()).isCompletedExceptionally();
        assertThat(broken.ask(HOST).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void anAnswerHoldsForItsTtl() {
        ask(HOST);
        answer(30, address());
        heldFor(30);
    }

    @Test
    void aLongTtlIsCut() {
        ask(HOST);
        answer(86_400, address());
        heldFor(60);
    }

    @Test
    void thatThereIsNothingHoldsToo() {
        ask(HOST);
        answer(10);
        heldFor(10);
    }

    @Test
    void thatThereIsNothingIsForgottenSooner() {
        ask(HOST);
        answer(3_600);
        heldFor(20);
    }

    @Test
    void aFailureIsNotRepeatedAtOnce() {
        ask(HOST);
        asked.get(0).completeExceptionally(new IOException("no answer"));
        assertThat(resolver.ask(HOST).toCompletableFuture()).isCompletedExceptionally();
        heldFor(5);
    }

    @Test
    void whatWasNotAskedIsAskedTheNextTime() {
        ask(HOST);
        asked.get(0).completeExceptionally(new TooManyQuestions());
        ask(HOST);
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatIsBeingAskedIsNotAskedAgain() {
        ask(HOST);
        ask(new Question(Question.Kind.A, "host.example.COM"));
        pass(1_000);
        ask(HOST);
        assertThat(asked).hasSize(1);
        ask(new Question(Question.Kind.AAAA, "host.example.com"));
        assertThat(asked).hasSize(2);
    }

    @Test
    void theLongestUnusedGoesWhenThereAreTooMany() {
        Question other = new Question(Question.Kind.A, "other");
        ask(HOST);
        answer(30, address());
        ask(other);
        answer(30, address());
        ask(HOST);
        ask(new Question(Question.Kind.A, "third"));
        assertThat(asked).hasSize(3);
        ask(HOST);
        assertThat(asked).hasSize(3);
        ask(other);
        assertThat(asked).hasSize(4);
    }
}
