package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;

class BusyNodesTest {
    private static final NodeId NODE = new NodeId("n2");
    private static final NodeId OTHER = new NodeId("n3");

    private long now = Long.MAX_VALUE - 1_000;
    private final BusyNodes busy = new BusyNodes(() -> now);

    private void pass(Duration duration) {
        now += duration.toNanos();
    }

    @Test
    void aNodeIsLeftAloneForAsLongAsItSaid() {
        busy.said(NODE, Duration.ofSeconds(5));
        assertThat(busy.rests(NODE)).isTrue();
        assertThat(busy.rests(OTHER)).isFalse();
        assertThat(busy.turn(OTHER)).contains(Duration.ZERO);
        pass(Duration.ofMillis(4_999));
        assertThat(busy.rests(NODE)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(busy.rests(NODE)).isFalse();
        assertThat(busy.turn(NODE)).contains(Duration.ZERO);
    }

    @Test
    void aShorterWordDoesNotShortenALongerOneAndNoneIsLongerThanACallerWaits() {
        busy.said(NODE, Duration.ofSeconds(9));
        busy.said(NODE, Duration.ofSeconds(1));
        assertThat(busy.turn(NODE)).contains(Duration.ofSeconds(9));
        busy.said(NODE, Duration.ofDays(1));
        pass(Duration.ofSeconds(15));
        assertThat(busy.rests(NODE)).isFalse();
    }

    @Test
    void whoWaitsComesOneAfterTheOtherAndOnlySoManyWait() {
        busy.said(NODE, Duration.ofSeconds(15));
        assertThat(busy.turn(NODE)).contains(Duration.ofSeconds(15));
        assertThat(busy.turn(NODE)).contains(Duration.ofMillis(15_010));
        for (int i = 2; i <= 500; i++) {
            assertThat(busy.turn(NODE)).isPresent();
        }
        assertThat(busy.turn(NODE)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(busy.turn(NODE)).isPresent();
    }
}
