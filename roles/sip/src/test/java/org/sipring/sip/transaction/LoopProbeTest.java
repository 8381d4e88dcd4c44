package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.Ticker;

class LoopProbeTest implements Ticker {
    private final List<Runnable> tasks = new ArrayList<>();
    private final LoopProbe probe = new LoopProbe(this);
    private long millis;

    private void work() {
        List.copyOf(tasks).forEach(Runnable::run);
        tasks.clear();
    }

    @Test
    void aTaskTellsHowLongItWaited() {
        assertThat(probe.delay()).isZero();
        probe.send();
        millis += 300;
        work();
        assertThat(probe.delay()).isEqualTo(Duration.ofMillis(300));
        probe.send();
        work();
        assertThat(probe.delay()).isZero();
    }

    @Test
    void aLoopThatStandsStillIsNotGivenMoreToDoAndIsSeenMeanwhile() {
        for (int i = 0; i < 5; i++) {
            probe.send();
            millis += 1_000;
        }
        assertThat(tasks).hasSize(1);
        assertThat(probe.delay()).isEqualTo(Duration.ofSeconds(5));
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public long nanos() {
        return millis * 1_000_000;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }
}
