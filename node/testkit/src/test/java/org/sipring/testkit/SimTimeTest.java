package org.sipring.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.Ticker;

class SimTimeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final List<String> heard = new ArrayList<>();

    @Test
    void eventsRunWhenDueAndInOrder() {
        ticker.after(SECOND.multipliedBy(2), () -> heard.add("two"));
        ticker.after(SECOND, () -> heard.add("one"));
        ticker.after(SECOND, () -> heard.add("one again"));

        time.advance(SECOND);
        assertThat(heard).containsExactly("one", "one again");
        time.advance(SECOND);
        assertThat(heard).containsExactly("one", "one again", "two");
    }

    @Test
    void timePassesOnlyFromEventToEvent() {
        ticker.after(SECOND, () -> heard.add(time.elapsed().toString()));

        assertThat(time.step()).isTrue();
        assertThat(time.step()).isFalse();
        assertThat(heard).containsExactly("PT1S");
    }

    @Test
    void aCancelledTaskDoesNotRun() {
        Ticker.Timer timer = ticker.after(SECOND, () -> heard.add("never"));
        timer.cancel();

        time.advance(SECOND);
        assertThat(heard).isEmpty();
    }

    @Test
    void aClockThatJumpsLeavesDurationsAlone() {
        Instant before = ticker.now();
        long nanos = ticker.nanos();
        ticker.after(SECOND, () -> heard.add("due"));

        ticker.host().jump(Duration.ofHours(-1));
        time.advance(SECOND);

        assertThat(heard).containsExactly("due");
        assertThat(ticker.now()).isEqualTo(before.plus(SECOND).minus(Duration.ofHours(1)));
        assertThat(ticker.nanos() - nanos).isEqualTo(SECOND.toNanos());
    }

    @Test
    void aHungProcessDoesLaterWhatBecameDue() {
        ticker.execute(() -> heard.add("late"));
        ticker.host().hang();
        time.advance(SECOND);
        assertThat(heard).isEmpty();

        ticker.host().resume();
        assertThat(heard).containsExactly("late");
    }

    @Test
    void aKilledProcessDoesNothing() {
        ticker.execute(() -> heard.add("never"));
        ticker.host().kill();
        time.advance(SECOND);
        ticker.host().resume();

        assertThat(heard).isEmpty();
    }

    @Test
    void equalSeedsGiveEqualChance() {
        assertThat(new SimChance(7).bytes(16)).isEqualTo(new SimChance(7).bytes(16));
        assertThat(new SimChance(7).number()).isNotEqualTo(new SimChance(8).number());
    }
}
