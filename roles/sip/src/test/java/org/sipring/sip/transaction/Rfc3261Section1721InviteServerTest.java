package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** RFC 3261 section 17.2.1: the INVITE server transaction. */
final class Rfc3261Section1721InviteServerTest {
    private static final String INVITE = Scene.request("INVITE", "z9hG4bK1");
    private static final String ACK = Scene.request("ACK", "z9hG4bK1");

    private final Scene scene = Scene.ofOneLoop();

    @Test
    void aRepeatedInviteIsAnsweredByTheLatestProvisionalResponse() {
        ServerTransaction transaction = scene.asked(Scene.UDP, INVITE);
        transaction.respond(100, "Trying");
        transaction.respond(180, "Ringing");
        scene.arrives(Scene.UDP, INVITE);
        assertThat(scene.requests).hasSize(1);
        assertThat(scene.sent).extracting(sent -> sent.status()).containsExactly(100, 180, 180);
    }

    @Test
    void timerGRepeatsARefusalOverUdpUntilTheAck() {
        scene.asked(Scene.UDP, INVITE).respond(486, "Busy Here");
        scene.passMillis(500);
        assertThat(scene.sent).hasSize(2);
        scene.passMillis(1_000);
        assertThat(scene.sent).hasSize(3);
        scene.arrives(Scene.UDP, ACK);
        scene.passMillis(20_000);
        assertThat(scene.sent).hasSize(3);
        assertThat(scene.acks).isEmpty();
    }

    @Test
    void timerGIsCappedAtT2() {
        scene.asked(Scene.UDP, INVITE).respond(486, "Busy Here");
        scene.passMillis(7_500);
        assertThat(scene.sent).hasSize(5);
        scene.passMillis(4_000);
        assertThat(scene.sent).hasSize(6);
    }

    @Test
    void overTcpARefusalIsNotRepeated() {
        scene.asked(Scene.TCP, INVITE).respond(486, "Busy Here");
        scene.passMillis(10_000);
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void aRepeatedInviteIsAnsweredByTheRefusal() {
        scene.asked(Scene.UDP, INVITE).respond(486, "Busy Here");
        scene.arrives(Scene.UDP, INVITE);
        assertThat(scene.sent).hasSize(2);
    }

    @Test
    void timerHGivesUpWaitingForTheAck() {
        scene.asked(Scene.UDP, INVITE).respond(486, "Busy Here");
        scene.passMillis(32_000);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void timerIAbsorbsRepeatedAcksForT4() {
        scene.asked(Scene.UDP, INVITE).respond(486, "Busy Here");
        scene.arrives(Scene.UDP, ACK);
        scene.passMillis(4_999);
        scene.arrives(Scene.UDP, ACK);
        assertThat(scene.acks).isEmpty();
        scene.passMillis(1);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void timerIIsZeroOverTcp() {
        scene.asked(Scene.TCP, INVITE).respond(486, "Busy Here");
        scene.arrives(Scene.TCP, ACK);
        scene.pass(Duration.ZERO);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void afterARefusalNothingElseIsSent() {
        ServerTransaction transaction = scene.asked(Scene.UDP, INVITE);
        transaction.respond(486, "Busy Here");
        transaction.respond(200, "OK");
        transaction.respond(180, "Ringing");
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void aResponseWhoseConnectionIsGoneOpensANewOne() {
        ServerTransaction transaction = scene.asked(Scene.TCP, INVITE);
        scene.connected = false;
        transaction.respond(486, "Busy Here");
        assertThat(scene.sent).hasSize(1);
        assertThat(scene.sentTo.get(0).connection()).isEqualTo(8);
        assertThat(scene.sentTo.get(0).remote()).isEqualTo(Scene.PHONE);
    }
}
