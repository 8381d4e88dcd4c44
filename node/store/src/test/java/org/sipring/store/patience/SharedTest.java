package org.sipring.store.patience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Many want the answer to one question. */
final class SharedTest {
    private final List<CompletableFuture<String>> asked = new ArrayList<>();
    private final Shared<String> shared = new Shared<>(this::question);

    private CompletionStage<String> question() {
        asked.add(new CompletableFuture<>());
        return asked.get(asked.size() - 1);
    }

    private CompletableFuture<String> ask() {
        return shared.ask().toCompletableFuture();
    }

    @Test
    void whoComesMeanwhileIsAnsweredByTheNextQuestion() {
        CompletableFuture<String> first = ask();
        List<CompletableFuture<String>> meanwhile = List.of(ask(), ask(), ask());
        assertThat(asked).hasSize(1);

        asked.get(0).complete("old");
        assertThat(first).isCompletedWithValue("old");
        assertThat(asked).hasSize(2);
        assertThat(meanwhile).noneMatch(CompletableFuture::isDone);

        asked.get(1).complete("new");
        assertThat(meanwhile).allSatisfy(answer -> assertThat(answer).isCompletedWithValue("new"));
        assertThat(ask()).isNotDone();
        assertThat(asked).hasSize(3);
    }

    @Test
    void aFailureIsTheFailureOfThoseWhoAskedForItAlone() {
        CompletableFuture<String> first = ask();
        CompletableFuture<String> second = ask();
        asked.get(0).completeExceptionally(new IllegalStateException("nobody leads"));
        asked.get(1).complete("yes");

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedWithValue("yes");
    }

    @Test
    void whatCannotBeAskedIsAFailure() {
        Shared<String> closed = new Shared<>(() -> {
            throw new IllegalStateException("closed");
        });
        assertThat(closed.ask().toCompletableFuture()).isCompletedExceptionally();
        assertThat(closed.ask().toCompletableFuture()).isCompletedExceptionally();
    }
}
