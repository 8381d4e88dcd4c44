package org.sipring.proxy.defence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.testkit.SimChance;

class RatesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Rates rates = new Rates(Rate.perSecond(2, 5), 64, 7, 0);

    private static int taken(Rates rates, long key, long now, int wishes) {
        int taken = 0;
        for (int i = 0; i < wishes; i++) {
            boolean foreseen = rates.has(key, now);
            boolean got = rates.take(key, now);
            assertThat(got).isEqualTo(foreseen);
            taken += got ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aBurstIsTakenAndThenTheRate() {
        assertThat(taken(rates, 1, 0, 100)).isEqualTo(5);
        assertThat(taken(rates, 1, SECOND, 100)).isEqualTo(2);
        assertThat(taken(rates, 1, 3 * SECOND, 100)).isEqualTo(4);
        assertThat(taken(rates, 1, 1_000 * SECOND, 100)).isEqualTo(5);
    }

    @Test
    void eachHasItsOwn() {
        assertThat(taken(rates, 1, 0, 100)).isEqualTo(5);
        assertThat(taken(rates, 2, 0, 100)).isEqualTo(5);
        assertThat(taken(rates, 0, 0, 100)).isEqualTo(5);
    }

    // The monotonic time begins anywhere.
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE - 1})
    void timeMayBeginAnywhereAndRunOver(long start) {
        Rates early = new Rates(Rate.perSecond(2, 5), 64, 7, start);
        assertThat(taken(early, 0, start, 100)).isEqualTo(5);
        assertThat(taken(early, 0, start + SECOND, 100)).isEqualTo(2);
        assertThat(taken(early, 9, start + SECOND, 100)).isEqualTo(5);
    }

    @Test
    void whoDoesMostIsForgottenLast() {
        assertThat(taken(rates, -1, 0, 100)).isEqualTo(5);
        SimChance chance = new SimChance(1);
        for (int i = 0; i < 10_000; i++) {
            rates.take(chance.number(), 0);
        }
        assertThat(rates.take(-1, 0)).isFalse();
    }

    @Test
    void aRateOfNothingAtOnceIsNeverTaken() {
        Rates none = new Rates(new Rate(Duration.ofSeconds(1), 0), 8, 7, 0);
        assertThat(none.take(1, 1_000 * SECOND)).isFalse();
    }
}
