package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** RFC 6026: the Accepted states, and what becomes of a 2xx to an INVITE. */
final class Rfc6026Test {
    private static final String INVITE = Scene.request("INVITE", "z9hG4bK1");

    private final Scene scene = Scene.ofOneLoop();
    private final Scene.Heard heard = new Scene.Heard();

    @Test
    void aServerThatSentA2xxAbsorbsRepeatedInvites() {
        scene.arrives(Scene.UDP, INVITE);
        scene.requests.get(0).respond(200, "OK");
        scene.arrives(Scene.UDP, INVITE);
        assertThat(scene.requests).hasSize(1);
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void aServerThatSentA2xxSendsFurther2xxAndNothingElse() {
        scene.arrives(Scene.UDP, INVITE);
        SipMessage ok = scene.requests.get(0).response(200, "OK");
        scene.requests.get(0).respond(ok);
        scene.requests.get(0).respond(ok);
        scene.requests.get(0).respond(486, "Busy Here");
        assertThat(scene.sent).extracting(sent -> sent.status()).containsExactly(200, 200);
    }

    @Test
    void timerLEndsAServerThatSentA2xx() {
        scene.arrives(Scene.TCP, INVITE);
        scene.requests.get(0).respond(200, "OK");
        scene.passMillis(31_999);
        assertThat(scene.stack.size()).isEqualTo(1);
        scene.passMillis(1);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void theAckOfA2xxIsPassedOn() {
        scene.arrives(Scene.UDP, INVITE);
        scene.requests.get(0).respond(200, "OK");
        scene.arrives(Scene.UDP, Scene.request("ACK", "z9hG4bK2"));
        scene.arrives(Scene.UDP, Scene.request("ACK", "z9hG4bK1"));
        assertThat(scene.acks).hasSize(2);
    }

    @Test
    void aClientPassesOnEvery2xxUntilTimerM() {
        scene.layers.get(0).send(Scene.outgoing("INVITE"), Scene.UDP, "", heard);
        String ok = Scene.response(scene.sent.get(0), 200);
        scene.arrives(Scene.UDP, ok);
        scene.arrives(Scene.UDP, ok);
        scene.passMillis(31_999);
        scene.arrives(Scene.UDP, ok);
        assertThat(heard.statuses).containsExactly(200, 200, 200);
        scene.passMillis(1);
        scene.arrives(Scene.UDP, ok);
        assertThat(heard.statuses).hasSize(3);
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void aClientThatHadA2xxIgnoresOtherResponses() {
        scene.layers.get(0).send(Scene.outgoing("INVITE"), Scene.UDP, "", heard);
        scene.arrives(Scene.UDP, Scene.response(scene.sent.get(0), 200));
        scene.arrives(Scene.UDP, Scene.response(scene.sent.get(0), 180));
        scene.arrives(Scene.UDP, Scene.response(scene.sent.get(0), 486));
        assertThat(heard.statuses).containsExactly(200);
    }
}
