package org.sipring.store.patience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How many questions are under way at a time. */
final class WindowTest {
    private final Window window = new Window(2);
    private final List<CompletableFuture<String>> asked = new ArrayList<>();
    private final List<CompletableFuture<String>> answers = new ArrayList<>();

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            answers.add(window.enter(() -> {
                        CompletableFuture<String> question = new CompletableFuture<>();
                        asked.add(question);
                        return question;
                    })
                    .toCompletableFuture());
        }
    }

    @Test
    void oneMoreThanAllowedWaitsUntilAnotherIsAnswered() {
        ask(3);
        assertThat(asked).hasSize(2);

        asked.get(1).complete("yes");
        assertThat(answers.get(1)).isCompletedWithValue("yes");
        assertThat(answers.get(0)).isNotDone();
        assertThat(asked).hasSize(3);
        asked.get(2).complete("no");
        assertThat(answers.get(2)).isCompletedWithValue("no");
    }

    @Test
    void aFailureMakesRoomAsWell() {
        ask(4);
        asked.get(0).completeExceptionally(new IllegalStateException("closed"));

        assertThat(answers.get(0)).isCompletedExceptionally();
        assertThat(asked).hasSize(3);
    }

    @Test
    void roomThatNobodyWantedIsFreeAgain() {
        ask(1);
        asked.get(0).complete("yes");
        ask(2);
        assertThat(asked).hasSize(3);
        ask(1);
        assertThat(asked).hasSize(3);
    }

    @Test
    void whatCannotBeAskedIsAFailure() {
        ask(2);
        CompletableFuture<String> bad = window.<String>enter(() -> {
                    throw new IllegalArgumentException("bad");
                })
                .toCompletableFuture();
        ask(1);
        asked.get(0).complete("yes");

        assertThat(bad).isCompletedExceptionally();
        assertThat(answers.get(0)).isCompletedWithValue("yes");
        assertThat(asked).hasSize(3);
    }
}
