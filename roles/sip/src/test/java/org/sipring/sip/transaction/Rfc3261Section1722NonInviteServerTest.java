package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 17.2.2: the non-INVITE server transaction. */
final class Rfc3261Section1722NonInviteServerTest {
    private static final String OPTIONS = Scene.request("OPTIONS", "z9hG4bK1");

    private final Scene scene = Scene.ofOneLoop();

    @Test
    void aRepeatedRequestIsDroppedWhileThereIsNoResponse() {
        scene.arrives(Scene.UDP, OPTIONS);
        scene.arrives(Scene.UDP, OPTIONS);
        assertThat(scene.requests).hasSize(1);
        assertThat(scene.sent).isEmpty();
    }

    @Test
    void aRepeatedRequestIsAnsweredByTheLatestResponse() {
        scene.asked(Scene.UDP, OPTIONS).respond(200, "OK");
        scene.arrives(Scene.UDP, OPTIONS);
        assertThat(scene.requests).hasSize(1);
        assertThat(scene.sent).hasSize(2);
        assertThat(scene.sent.get(0).toString()).isEqualTo(scene.sent.get(1).toString());
    }

    @Test
    void aSecondFinalResponseIsDropped() {
        scene.asked(Scene.UDP, OPTIONS).respond(200, "OK");
        scene.requests.get(0).respond(500, "Server Internal Error");
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void timerJKeepsTheTransactionFor64T1OverUdp() {
        scene.asked(Scene.UDP, OPTIONS).respond(200, "OK");
        scene.endsAfterMillis(32_000);
    }

    @Test
    void timerJIsZeroOverTcp() {
        scene.asked(Scene.TCP, OPTIONS).respond(200, "OK");
        scene.pass(Duration.ZERO);
        assertThat(scene.stack.size()).isZero();
    }
}
