package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Flow;

/** Those who ask for too much are told when to come back, or nothing. RFC 3261 section 21.5.4. */
class Rfc3261Section2154Test implements Door {
    private final Deque<Pass> passes = new ArrayDeque<>();
    private final Scene scene = new Scene(1, 1_000, this);

    @Override
    public Pass request(Flow from) {
        return passes.isEmpty() ? Pass.NOW : passes.pop();
    }

    private void arrives(Pass pass, String method, String branch) {
        passes.add(pass);
        scene.arrives(Scene.UDP, Scene.request(method, branch));
    }

    @Test
    void aRequestTooMuchIsToldWhenToComeBackAndNothingIsKeptOfIt() {
        arrives(Door.Pass.LATER, "OPTIONS", "z9hG4bK1");
        assertThat(scene.requests).isEmpty();
        assertThat(scene.stack.size()).isZero();
        assertThat(scene.lastSent().status()).isEqualTo(503);
        assertThat(scene.lastSent().toTag()).isPresent();
    }

    @Test
    void thoseWhoAreSentAwayTogetherDoNotComeBackTogether() {
        for (int i = 0; i < 50; i++) {
            arrives(Door.Pass.LATER, "OPTIONS", "z9hG4bK" + i);
        }
        List<Integer> waits = scene.sent.stream()
                .map(sent -> Integer.parseInt(sent.header("Retry-After").orElseThrow()))
                .toList();
        assertThat(waits).allMatch(seconds -> seconds >= 5 && seconds < 15);
        assertThat(waits.stream().distinct()).hasSizeGreaterThan(5);
    }

    @Test
    void whoAsksOnHearsNothing() {
        arrives(Door.Pass.NEVER, "OPTIONS", "z9hG4bK1");
        assertThat(scene.sent).isEmpty();
        assertThat(scene.requests).isEmpty();
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void aRepeatedRequestThatIsBeingWorkedOnGetsNoOtherAnswer() {
        arrives(Door.Pass.NOW, "INVITE", "z9hG4bK1");
        arrives(Door.Pass.LATER, "INVITE", "z9hG4bK1");
        assertThat(scene.sent).isEmpty();
        arrives(Door.Pass.NOW, "INVITE", "z9hG4bK1");
        assertThat(scene.requests).hasSize(1);
    }

    @Test
    void anAckIsNeverAnswered() {
        arrives(Door.Pass.LATER, "ACK", "z9hG4bK1");
        assertThat(scene.sent).isEmpty();
        assertThat(scene.acks).isEmpty();
    }

    @Test
    void whatIsMalformedCountsAsWell() {
        passes.add(Door.Pass.LATER);
        scene.arrives(Scene.UDP, Scene.request("OPTIONS", "z9hG4bK1").replace("Max-Forwards: 70", "CSeq: 1 NOTIFY"));
        assertThat(scene.sent).isEmpty();
        assertThat(passes).isEmpty();
    }
}
