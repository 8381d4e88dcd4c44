package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;

/** RFC 3261 section 8.2.7: whoever has not proved who it is gets an answer and leaves nothing behind. */
final class Rfc3261Section827StatelessTest {
    private final Scene scene = new Scene(2, 1_000);

    private void challenged(String request) {
        int known = scene.requests.size();
        scene.arrives(Scene.UDP, request);
        scene.requests.subList(known, scene.requests.size()).forEach(Rfc3261Section827StatelessTest::challenge);
    }

    private static void challenge(ServerTransaction transaction) {
        transaction.respondStateless(Responses.of(transaction.request(), 407, "judge"));
    }

    private static String ack(String branch, SipMessage response) {
        return Scene.request("ACK", branch)
                .replace(
                        "bob@sipring.test>\r\nCall",
                        "bob@sipring.test>;tag=" + response.toTag().orElseThrow() + "\r\nCall");
    }

    /** RFC 3261 sections 8.2.7 and 26.3.2.4. */
    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "REGISTER", "OPTIONS"})
    void nothingIsKeptAndNothingRepeated(String method) {
        challenged(Scene.request(method, "z9hG4bK1"));
        assertThat(scene.stack.size()).isZero();
        scene.pass(Duration.ofMinutes(1));
        assertThat(scene.sent).extracting(SipMessage::status).containsExactly(407);
        assertThat(scene.sentTo).containsExactly(Scene.UDP);
    }

    @Test
    void aRepeatedRequestGetsTheSameToTag() {
        challenged(Scene.request("INVITE", "z9hG4bK1"));
        challenged(Scene.request("INVITE", "z9hG4bK1"));
        challenged(Scene.request("INVITE", "z9hG4bK2"));
        List<String> tags =
                scene.sent.stream().map(sent -> sent.toTag().orElseThrow()).toList();
        assertThat(tags).hasSize(3);
        assertThat(tags.get(1)).isEqualTo(tags.get(0));
        assertThat(tags.get(2)).isNotEqualTo(tags.get(0));
    }

    @Test
    void theAckEndsHereInAnyLoop() {
        challenged(Scene.request("INVITE", "z9hG4bK1"));
        scene.arrives(0, Scene.UDP, ack("z9hG4bK1", scene.lastSent()));
        scene.arrives(1, Scene.UDP, ack("z9hG4bK1", scene.lastSent()));
        assertThat(scene.acks).isEmpty();
        scene.arrives(0, Scene.UDP, ack("z9hG4bK2", scene.lastSent()));
        assertThat(scene.acks).as("another transaction's ACK").hasSize(1);
    }

    @Test
    void theTagOfARequestWithinADialogStays() {
        challenged(Scene.request("INVITE", "z9hG4bK1")
                .replace("bob@sipring.test>\r\nCall", "bob@sipring.test>;tag=b\r\nCall"));
        assertThat(scene.lastSent().toTag()).contains("b");
    }

    @Test
    void nobodyIsCalledBackWhoseConnectionIsGone() {
        scene.arrives(Scene.TCP, Scene.request("INVITE", "z9hG4bK1"));
        scene.connected = false;
        challenge(scene.requests.get(0));
        assertThat(scene.sent).isEmpty();
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void aCancelOfWhatIsNotKnownIsAnswered481AndForgotten() {
        challenged(Scene.request("INVITE", "z9hG4bK1"));
        scene.arrives(Scene.UDP, Scene.request("CANCEL", "z9hG4bK1"));
        scene.pass(Duration.ZERO);
        assertThat(scene.lastSent().status()).isEqualTo(481);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void whatHasBeenAnsweredIsNotAnsweredAgain() {
        ServerTransaction transaction = scene.asked(Scene.UDP, Scene.request("INVITE", "z9hG4bK1"));
        SipMessage late = Responses.of(transaction.request(), 407, "judge");
        transaction.respond(487);
        transaction.respondStateless(late);
        assertThat(scene.sent).extracting(SipMessage::status).containsExactly(487);
        assertThat(scene.stack.size()).isEqualTo(1);
    }
}
