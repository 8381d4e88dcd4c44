package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.sipring.api.Ticker;

/** The long timers of a loop, asked by a clock that the test sets. */
class TimerWheelTest {
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration TURN = TICK.multipliedBy(2048);
    private static final Duration LINGER = Duration.ofSeconds(32);

    private final List<Alarm> alarms = new ArrayList<>();
    private final List<Duration> ran = new ArrayList<>();
    private long nanos = 987_654_321;
    private int wakes;
    private final TimerWheel wheel = new TimerWheel(() -> nanos, this::alarm, Runnable::run);

    private record Alarm(long at, Runnable task, CompletableFuture<Void> future) {}

    private Future<?> alarm(long delay, Runnable task) {
        Alarm alarm = new Alarm(nanos + delay, task, new CompletableFuture<>());
        alarms.add(alarm);
        return alarm.future;
    }

    // Rings one alarm after the other until a time has come.
    private void pass(Duration time) {
        long end = nanos + time.toNanos();
        while (true) {
            alarms.removeIf(alarm -> alarm.future.isDone());
            Alarm first = null;
            for (Alarm alarm : alarms) {
                if (alarm.at <= end && (first == null || alarm.at < first.at)) {
                    first = alarm;
                }
            }
            if (first == null) {
                nanos = end;
                return;
            }
            nanos = Math.max(nanos, first.at);
            first.future.complete(null);
            wakes++;
            first.task.run();
        }
    }

    private Ticker.Timer after(Duration delay) {
        long begun = nanos;
        return wheel.after(delay, () -> {
            assertThat(Duration.ofNanos(nanos - begun)).isBetween(delay, delay.plus(TICK));
            ran.add(delay);
        });
    }

    @Test
    void runsATaskInTheTickInWhichItsTimeEnds() {
        after(LINGER);
        pass(LINGER.minusMillis(1));

        assertThat(ran).isEmpty();

        pass(TICK.plusMillis(1));

        assertThat(ran).containsExactly(LINGER);
    }

    @Test
    void wakesOnceForAllThatIsDueTogether() {
        for (int number = 0; number < 1_000; number++) {
            after(LINGER);
            nanos += 1_000;
        }
        pass(LINGER.multipliedBy(2));

        assertThat(ran).hasSize(1_000);
        assertThat(wakes).isEqualTo(1);
    }

    @Test
    void doesNotWakeWhenNothingIsLeft() {
        after(LINGER);
        pass(Duration.ofHours(1));

        assertThat(wakes).isEqualTo(1);
        assertThat(alarms).isEmpty();
    }

    @Test
    void wakesEarlierForAnEarlierTask() {
        after(Duration.ofSeconds(10));
        after(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(2));

        assertThat(ran).containsExactly(Duration.ofSeconds(1));
        assertThat(alarms).as("one alarm at a time").hasSize(1);

        pass(Duration.ofSeconds(9));

        assertThat(ran).hasSize(2);
    }

    @Test
    void keepsWhatIsDueInALaterTurn() {
        after(TURN.multipliedBy(3).plus(TICK));
        after(TICK.multipliedBy(2));
        pass(TURN.multipliedBy(3));

        assertThat(ran).hasSize(1);

        pass(TICK.multipliedBy(2));

        assertThat(ran).hasSize(2);
    }

    @Test
    void runsNoCancelledTask() {
        Ticker.Timer timer = after(LINGER);
        timer.cancel();
        timer.cancel();
        pass(LINGER.multipliedBy(2));

        assertThat(ran).isEmpty();
    }

    @Test
    void aTaskMayBeginAnother() {
        wheel.after(LINGER, () -> after(TURN));
        pass(LINGER.plus(TURN).plus(TICK.multipliedBy(2)));

        assertThat(ran).containsExactly(TURN);
    }

    @Test
    void catchesUpWhereTheLoopHasSlept() {
        wheel.after(LINGER, () -> ran.add(LINGER));
        wheel.after(TURN.multipliedBy(2), () -> ran.add(TURN));
        nanos += TURN.multipliedBy(5).toNanos();
        pass(Duration.ZERO);

        assertThat(ran).containsExactly(LINGER, TURN);
    }

    @Test
    void runsWhateverIsAskedInWhateverOrder() {
        Random chance = new Random(4);
        int asked = 0;
        for (int round = 0; round < 2_000; round++) {
            Ticker.Timer timer = after(Duration.ofMillis(chance.nextInt(120_000)));
            if (chance.nextInt(3) == 0) {
                timer.cancel();
            } else {
                asked++;
            }
            pass(Duration.ofNanos(chance.nextInt(50_000_000)));
        }
        pass(Duration.ofMinutes(3));

        assertThat(ran).hasSize(asked);
        assertThat(alarms).isEmpty();
    }
}
