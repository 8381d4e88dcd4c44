package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.sip.transport.Flow;

/** RFC 3261 section 17.1.2: the non-INVITE client transaction. */
final class Rfc3261Section1712NonInviteClientTest {
    private final Scene scene = Scene.ofOneLoop();
    private final Scene.Heard heard = new Scene.Heard();

    private void options(Flow flow) {
        scene.layers.get(0).send(Scene.outgoing("OPTIONS"), flow, "", heard);
    }

    private void answered(int status) {
        scene.arrives(Scene.UDP, Scene.response(scene.sent.get(0), status));
    }

    @Test
    void timerERepeatsAtDoublingIntervalsUpToT2() {
        options(Scene.UDP);
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
        options(Scene.UDP);
        answered(100);
        scene.passMillis(500);
        assertThat(scene.sent).hasSize(2);
        scene.passMillis(3_999);
        assertThat(scene.sent).hasSize(2);
        scene.passMillis(1);
        assertThat(scene.sent).hasSize(3);
    }

    @Test
    void timerFFires64T1AfterTheRequest() {
        options(Scene.UDP);
        answered(100);
        scene.passMillis(32_000);
        assertThat(heard.failures).containsExactly(ClientEvents.Failure.TIMEOUT);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void timerKAbsorbsRepeatedResponsesForT4() {
        options(Scene.UDP);
        answered(200);
        answered(200);
        assertThat(heard.statuses).containsExactly(200);
        scene.passMillis(4_999);
        assertThat(scene.stack.size()).isEqualTo(1);
        scene.passMillis(1);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void overTcpNothingIsRepeatedAndTimerKIsZero() {
        options(Scene.TCP);
        scene.passMillis(20_000);
        assertThat(scene.sent).hasSize(1);
        answered(200);
        scene.pass(Duration.ZERO);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void aClosedConnectionIsToldAtOnce() {
        options(Scene.TCP);
        scene.receivers.get(0).closed(Scene.TCP);
        assertThat(heard.failures).containsExactly(ClientEvents.Failure.TRANSPORT);
    }
}
