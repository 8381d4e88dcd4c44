package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 17.1.2: the non-INVITE client transaction. */
final class Rfc3261Section1712NonInviteClientTest {
    private final Scene scene = Scene.ofOneLoop();

    @Test
    void timerERepeatsAtDoublingIntervalsUpToT2() {
        scene.sends("OPTIONS", Scene.UDP);
        // 0.5, 1.5, 3.5, 7.5, then every 4 seconds.
        scene.passMillis(7_500);
        assertThat(scene.sent).hasSize(5);
        scene.passMillis(4_000);
        assertThat(scene.sent).hasSize(6);
        scene.passMillis(4_000);
        assertThat(scene.sent).hasSize(7);
    }

    @Test
    void inProceedingItRepeatsEveryT2() {
        scene.sends("OPTIONS", Scene.UDP);
        scene.answered(100);
        scene.passMillis(500);
        assertThat(scene.sent).hasSize(2);
        scene.passMillis(3_999);
        assertThat(scene.sent).hasSize(2);
        scene.passMillis(1);
        assertThat(scene.sent).hasSize(3);
    }

    @Test
    void timerFFires64T1AfterTheRequest() {
        scene.sends("OPTIONS", Scene.UDP);
        scene.answered(100);
        scene.passMillis(32_000);
        assertThat(scene.heard.failures).containsExactly(ClientEvents.Failure.TIMEOUT);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void timerKAbsorbsRepeatedResponsesForT4() {
        scene.sends("OPTIONS", Scene.UDP);
        scene.answered(200);
        scene.answered(200);
        assertThat(scene.heard.statuses).containsExactly(200);
        scene.endsAfterMillis(5_000);
    }

    @Test
    void overTcpNothingIsRepeatedAndTimerKIsZero() {
        scene.sends("OPTIONS", Scene.TCP);
        scene.passMillis(20_000);
        assertThat(scene.sent).hasSize(1);
        scene.answered(200);
        scene.pass(Duration.ZERO);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void aClosedConnectionIsToldAtOnce() {
        scene.sends("OPTIONS", Scene.TCP);
        scene.receivers.get(0).closed(Scene.TCP);
        assertThat(scene.heard.failures).containsExactly(ClientEvents.Failure.TRANSPORT);
    }
}
