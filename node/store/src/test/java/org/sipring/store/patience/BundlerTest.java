package org.sipring.store.patience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sipring.testkit.SimTime;

/** What comes while others are under way is asked together. */
final class BundlerTest {
    private static final Duration HELD = Duration.ofMillis(100);

    private final SimTime time = new SimTime();
    private final List<List<String>> asked = new ArrayList<>();
    private final List<CompletableFuture<List<String>>> replies = new ArrayList<>();
    private final Bundler<String, String> bundler =
            new Bundler<>(new Bundler.Limits<>(1, HELD, 3, 10, String::length), time.ticker(), this::asking);

    private CompletionStage<List<String>> asking(List<String> questions) {
        if (questions.contains("bad")) {
            throw new IllegalArgumentException("bad");
        }
        asked.add(questions);
        replies.add(new CompletableFuture<>());
        return replies.get(replies.size() - 1);
    }

    private CompletableFuture<String> ask(String question) {
        CompletableFuture<String> answer = bundler.ask(question).toCompletableFuture();
        time.settle();
        return answer;
    }

    private void askAll(String... questions) {
        for (String question : questions) {
            assertThat(ask(question)).isNotDone();
        }
    }

    private void reply(int bundle, String... answers) {
        time.ticker().execute(() -> replies.get(bundle).complete(List.of(answers)));
        time.settle();
    }

    @Test
    void whatComesMeanwhileGoesTogether() {
        CompletableFuture<String> first = ask("a");
        CompletableFuture<String> second = ask("b");
        CompletableFuture<String> third = ask("c");
        assertThat(asked).containsExactly(List.of("a"));

        reply(0, "A");
        assertThat(first).isCompletedWithValue("A");
        assertThat(asked).containsExactly(List.of("a"), List.of("b", "c"));

        reply(1, "B", "C");
        assertThat(second).isCompletedWithValue("B");
        assertThat(third).isCompletedWithValue("C");
    }

    @Test
    void whatComesAloneIsAskedAtOnce() {
        var first = ask("a");
        reply(0, "A");
        var second = ask("b");
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        assertThat(asked).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void noBundleIsTooLong() {
        askAll("a", "b", "c", "d", "e");
        reply(0, "A");
        assertThat(asked.get(1)).containsExactly("b", "c", "d");
    }

    @Test
    void norTooLargeUnlessByASingleOne() {
        askAll("a", "twelve bytes", "five5", "five6", "x");
        reply(0, "A");
        reply(1, "B");
        assertThat(asked).containsExactly(List.of("a"), List.of("twelve bytes"), List.of("five5", "five6"));
    }

    @Test
    void aBundleThatHangsHoldsTheOthersForAWhileOnly() {
        CompletableFuture<String> hangs = ask("a");
        askAll("b");
        time.advance(HELD);
        assertThat(asked).containsExactly(List.of("a"), List.of("b"));

        askAll("c");
        reply(0, "A");
        assertThat(hangs).isCompletedWithValue("A");
        assertThat(asked).as("b is still under way").hasSize(2);
        reply(1, "B");
        assertThat(asked).hasSize(3);
    }

    @Test
    void aFailureIsThatOfAllInTheBundle() {
        CompletableFuture<String> first = ask("a");
        List<CompletableFuture<String>> others = List.of(ask("b"), ask("c"));
        reply(0, "A");
        time.ticker().execute(() -> replies.get(1).completeExceptionally(new IOException("no leader")));
        time.settle();

        assertThat(first).isCompletedWithValue("A");
        assertThat(others).allSatisfy(answer -> assertThat(answer).isCompletedExceptionally());
        askAll("d");
        assertThat(asked).hasSize(3);
    }

    @Test
    void soIsWhatCannotBeAskedAtAll() {
        askAll("a", "b");
        CompletableFuture<String> bad = bundler.ask("bad").toCompletableFuture();
        reply(0, "A");
        assertThat(bad).isCompletedExceptionally();
        assertThat(asked).containsExactly(List.of("a"));
        askAll("c");
        assertThat(asked).containsExactly(List.of("a"), List.of("c"));
    }

    @Test
    void aMissingAnswerIsAFailure() {
        CompletableFuture<String> first = ask("a");
        reply(0);
        assertThat(first).isCompletedExceptionally();
    }
}
