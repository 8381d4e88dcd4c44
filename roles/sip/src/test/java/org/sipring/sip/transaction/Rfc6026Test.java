package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** RFC 6026: the Accepted states, and what becomes of a 2xx to an INVITE. */
final class Rfc6026Test {
    private static final String INVITE = Scene.request("INVITE", "z9hG4bK1");

    private final Scene scene = Scene.ofOneLoop();

    @Test
    void aServerThatSentA2xxAbsorbsRepeatedInvites() {
        scene.asked(Scene.UDP, INVITE).respond(200, "OK");
        scene.arrives(Scene.UDP, INVITE);
        assertThat(scene.requests).hasSize(1);
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void aServerThatSentA2xxSendsFurther2xxAndNothingElse() {
        ServerTransaction invite = scene.asked(Scene.UDP, INVITE);
        SipMessage ok = invite.response(200, "OK");
        invite.respond(ok);
        invite.respond(ok);
        invite.respond(486, "Busy Here");
        assertThat(scene.sent).extracting(sent -> sent.status()).containsExactly(200, 200);
    }

    @Test
    void timerLEndsAServerThatSentA2xx() {
        scene.asked(Scene.TCP, INVITE).respond(200, "OK");
        scene.endsAfterMillis(32_000);
    }

    @Test
    void theAckOfA2xxIsPassedOn() {
        scene.asked(Scene.UDP, INVITE).respond(200, "OK");
        scene.arrives(Scene.UDP, Scene.request("ACK", "z9hG4bK2"));
        scene.arrives(Scene.UDP, Scene.request("ACK", "z9hG4bK1"));
        assertThat(scene.acks).hasSize(2);
    }

    @Test
    void aClientPassesOnEvery2xxUntilTimerM() {
        scene.sends("INVITE", Scene.UDP);
        String ok = Scene.response(scene.sent.get(0), 200);
        scene.arrives(Scene.UDP, ok);
        scene.arrives(Scene.UDP, ok);
        scene.passMillis(31_999);
        scene.arrives(Scene.UDP, ok);
        assertThat(scene.heard.statuses).containsExactly(200, 200, 200);
        scene.passMillis(1);
        scene.arrives(Scene.UDP, ok);
        assertThat(scene.heard.statuses).hasSize(3);
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void aClientThatHadA2xxIgnoresOtherResponses() {
        scene.sends("INVITE", Scene.UDP);
        scene.answered(200);
        scene.answered(180);
        scene.answered(486);
        assertThat(scene.heard.statuses).containsExactly(200);
    }
}
