package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.dns.zone.UpdateResult;

/** How long the manager waits for a primary that fails: doubled from 50 ms, and never more than 2 s. */
class BackoffTest {
    private static final long BEGAN = Duration.ofHours(1).toNanos();
    private static final Duration CAP = Duration.ofSeconds(2);

    private final Backoff backoff = new Backoff(BEGAN);

    @Test
    void pausesDoubleUntilTwoSecondsAndStayThere() {
        List<Duration> pauses = new ArrayList<>();
        for (int failure = 0; failure < 8; failure++) {
            backoff.unreadable(BEGAN);
            pauses.add(backoff.left(BEGAN));
        }
        assertThat(pauses)
                .extracting(Duration::toMillis)
                .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
    }

    @Test
    void aHundredFailuresOfEitherKindPauseForTwoSecondsStill() {
        for (int failure = 0; failure < 100; failure++) {
            backoff.unreadable(BEGAN);
            assertThat(backoff.left(BEGAN)).isBetween(Duration.ZERO, CAP);
            backoff.rejected(UpdateResult.REFUSED, BEGAN);
            assertThat(backoff.left(BEGAN)).isBetween(Duration.ZERO, CAP);
        }
        assertThat(backoff.left(BEGAN)).isEqualTo(CAP);
    }

    @Test
    void aPauseIsCountedFromTheBeginningOfTheRequest() {
        backoff.unreadable(BEGAN);
        assertThat(backoff.left(BEGAN + Duration.ofMillis(30).toNanos())).isEqualTo(Duration.ofMillis(20));
        assertThat(backoff.left(BEGAN + Duration.ofSeconds(5).toNanos())).isNegative();
    }

    @Test
    void aFailedPrerequisiteIsReadAgainAtOnceTheFirstTimeOnly() {
        backoff.rejected(UpdateResult.PREREQUISITE_FAILED, BEGAN);
        assertThat(backoff.left(BEGAN)).isZero();
        backoff.rejected(UpdateResult.PREREQUISITE_FAILED, BEGAN);
        assertThat(backoff.left(BEGAN)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void anAnswerBeginsAnew() {
        backoff.unreadable(BEGAN);
        backoff.unreadable(BEGAN);
        assertThat(backoff.isDown()).isTrue();
        backoff.answered();
        backoff.unreadable(BEGAN);
        assertThat(backoff.isDown()).isFalse();
        assertThat(backoff.left(BEGAN)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void newsEndsAPause() {
        backoff.unreadable(BEGAN);
        backoff.end(BEGAN);
        assertThat(backoff.left(BEGAN)).isZero();
    }
}
