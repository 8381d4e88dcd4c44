package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who decides whether a copy is made, and who waits for whom. */
@Timeout(30)
final class AttemptTest {
    private final Attempt attempt = new Attempt();

    @Test
    void oneThatWasGivenUpBeforeAThreadCameToItIsNotMade() {
        attempt.giveUp();
        assertThat(attempt.isUnwanted()).isTrue();
        assertThat(attempt.runs()).isFalse();
    }

    @Test
    void whoGivesUpOneThatIsBeingMadeWaitsForWhoMakesIt() throws InterruptedException {
        assertThat(attempt.runs()).isTrue();
        CompletableFuture<Void> givingUp = CompletableFuture.runAsync(attempt::giveUp);
        while (!attempt.isUnwanted()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(givingUp).isNotDone();
        attempt.made().completeExceptionally(new IllegalStateException("nobody wants it"));
        assertThat(givingUp).succeedsWithin(30, TimeUnit.SECONDS);
    }

    @Test
    void oneThatIsMadeIsWaitedForNoMore() {
        assertThat(attempt.runs()).isTrue();
        attempt.made().complete(TermIndex.valueOf(1, 2));
        attempt.giveUp();
        assertThat(attempt.made()).isCompletedWithValue(TermIndex.valueOf(1, 2));
    }
}
