package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a replica is started again. */
final class WatchdogTest {
    private final Watchdog watchdog = new Watchdog();

    private boolean bites(Life life, Duration now) {
        return watchdog.bites(life, Long.MAX_VALUE / 2 + now.toNanos());
    }

    @ParameterizedTest
    @EnumSource(names = {"ALONE", "STUCK", "ENDED"})
    void whatLastsTooLong(Life life) {
        Duration begin = Duration.ofHours(1);
        assertThat(bites(Life.WELL, Duration.ZERO)).isFalse();
        assertThat(bites(life, begin)).isFalse();
        assertThat(bites(life, begin.plus(life.patience()).minusNanos(1))).isFalse();
        assertThat(bites(life, begin.plus(life.patience()))).isTrue();
        assertThat(bites(life, begin.plus(life.patience()).plusNanos(1)))
                .as("the next patience")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"WELL", "WAITS"})
    void nobodyDisturbsWhatIsAsItShouldBe(Life life) {
        assertThat(bites(life, Duration.ZERO)).isFalse();
        assertThat(bites(life, Duration.ofDays(365))).isFalse();
    }

    @Test
    void whatGetsBetterInBetweenIsLeftAlone() {
        assertThat(bites(Life.STUCK, Duration.ZERO)).isFalse();
        assertThat(bites(Life.WELL, Duration.ofSeconds(20))).isFalse();
        assertThat(bites(Life.STUCK, Duration.ofSeconds(40))).isFalse();
    }

    @Test
    void whoIsDismissedBeginsAnewAtOnce() {
        assertThat(bites(Life.DISMISSED, Duration.ZERO)).isTrue();
    }
}
