package org.sipring.proxy.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Others spare a node soon, and send to it again late: samples come once a second. */
class BusynessTest {
    private static final Sample IDLE = new Sample(0.1, Duration.ofMillis(1));
    private static final Sample BETWEEN = new Sample(0.7, Duration.ofMillis(200));
    private static final Sample FULL = new Sample(0.9, Duration.ofMillis(1));
    private static final Sample SLOW = new Sample(0.1, Duration.ofMillis(700));

    private long now = Long.MAX_VALUE - 5_000_000_000L;
    private Busyness busyness = Busyness.WELL;

    private boolean seconds(int count, Sample sample) {
        for (int i = 0; i < count; i++) {
            busyness = busyness.after(sample, now);
            now += 1_000_000_000L;
        }
        return busyness.busy();
    }

    @Test
    void aFullNodeIsBusyAndSoIsASlowOne() {
        assertThat(seconds(3, FULL)).isFalse();
        assertThat(seconds(1, SLOW)).isTrue();
    }

    @Test
    void aBurstMakesNobodyBusy() {
        for (int i = 0; i < 20; i++) {
            assertThat(seconds(3, FULL)).isFalse();
            assertThat(seconds(1, BETWEEN)).isFalse();
        }
    }

    @Test
    void itIsWellAgainAfterTwoMinutesWithLittleToDo() {
        seconds(4, SLOW);
        assertThat(seconds(120, IDLE)).isTrue();
        assertThat(seconds(1, IDLE)).isFalse();
    }

    @Test
    void whatIsBetweenChangesNothingAndBeginsTheTwoMinutesAnew() {
        assertThat(seconds(1_000, BETWEEN)).isFalse();
        seconds(4, FULL);
        assertThat(seconds(1_000, BETWEEN)).isTrue();
        seconds(119, IDLE);
        seconds(1, BETWEEN);
        assertThat(seconds(120, IDLE)).isTrue();
        assertThat(seconds(1, IDLE)).isFalse();
    }

    @Test
    void howeverItsLoadSwingsDnsHearsOfItSeldom() {
        int turns = 0;
        for (int i = 0; i < 60; i++) {
            boolean before = busyness.busy();
            seconds(30, FULL);
            seconds(30, IDLE);
            turns += before == busyness.busy() ? 0 : 1;
        }
        assertThat(turns).isEqualTo(1);
    }
}
