package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** RFC 3261 section 17.1.1: the INVITE client transaction. */
final class Rfc3261Section1711InviteClientTest {
    private final Scene scene = Scene.ofOneLoop();

    @Test
    void timerARepeatsTheInviteOverUdpAtDoublingIntervals() {
        scene.sends("INVITE", Scene.UDP);
        assertThat(scene.sent).hasSize(1);
        scene.passMillis(500);
        assertThat(scene.sent).hasSize(2);
        scene.passMillis(999);
        assertThat(scene.sent).hasSize(2);
        scene.passMillis(1);
        assertThat(scene.sent).hasSize(3);
        scene.passMillis(30_000);
        assertThat(scene.sent).hasSize(7);
    }

    @Test
    void overTcpNothingIsRepeated() {
        scene.sends("INVITE", Scene.TCP);
        scene.passMillis(31_000);
        assertThat(scene.sent).hasSize(1);
    }

    @Test
    void timerBFires64T1AfterAnInviteThatNobodyAnswers() {
        scene.sends("INVITE", Scene.UDP);
        scene.passMillis(31_999);
        assertThat(scene.heard.failures).isEmpty();
        scene.passMillis(1);
        assertThat(scene.heard.failures).containsExactly(ClientEvents.Failure.TIMEOUT);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void aProvisionalResponseStopsRepeatingAndIsPassedOn() {
        scene.sends("INVITE", Scene.UDP);
        scene.answered(180);
        scene.pass(Duration.ofMinutes(2));
        assertThat(scene.sent).hasSize(1);
        assertThat(scene.heard.statuses).containsExactly(180);
        assertThat(scene.heard.failures).isEmpty();
    }

    @Test
    void aRefusalIsAcknowledgedHopByHop() {
        scene.sends("INVITE", Scene.UDP);
        scene.answered(486);
        SipMessage ack = scene.lastSent();
        SipMessage invite = scene.sent.get(0);
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.requestUri()).isEqualTo(invite.requestUri());
        assertThat(ack.headers("Via")).containsExactly(invite.topVia().toString());
        assertThat(ack.header("CSeq")).contains("1 ACK");
        assertThat(ack.toTag()).contains("b");
        assertThat(ack.header("From")).isEqualTo(invite.header("From"));
    }

    @Test
    void theAckRepeatsTheRouteOfTheInvite() {
        scene.sends(Scene.outgoing("INVITE").add("Route", "<sip:x@n2;lr>"), Scene.UDP);
        scene.answered(404);
        assertThat(scene.lastSent().headers("Route")).containsExactly("<sip:x@n2;lr>");
    }

    @Test
    void aRepeatedRefusalIsAcknowledgedAgainAndNotPassedOn() {
        scene.sends("INVITE", Scene.UDP);
        scene.answered(486);
        scene.answered(486);
        assertThat(scene.sent).hasSize(3);
        assertThat(scene.heard.statuses).containsExactly(486);
    }

    @Test
    void timerDKeepsTheTransactionFor32SecondsOverUdp() {
        scene.sends("INVITE", Scene.UDP);
        scene.answered(486);
        scene.endsAfterMillis(32_000);
    }

    @Test
    void timerDIsZeroOverTcp() {
        scene.sends("INVITE", Scene.TCP);
        scene.answered(486);
        scene.pass(Duration.ZERO);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void aClosedConnectionIsToldAtOnce() {
        scene.sends("INVITE", Scene.TCP);
        scene.receivers.get(0).closed(Scene.TCP);
        assertThat(scene.heard.failures).containsExactly(ClientEvents.Failure.TRANSPORT);
        assertThat(scene.stack.size()).isZero();
    }

    @Test
    void aRequestThatCannotBeSentFails() {
        scene.connected = false;
        scene.sends("INVITE", Scene.TCP);
        assertThat(scene.heard.failures).containsExactly(ClientEvents.Failure.TRANSPORT);
    }

    @Test
    void cancelWaitsForAProvisionalResponse() {
        ClientTransaction invite = scene.sends("INVITE", Scene.UDP);
        invite.cancel();
        assertThat(scene.sent).hasSize(1);
        scene.answered(100);
        SipMessage cancel = scene.lastSent();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.headers("Via"))
                .containsExactly(scene.sent.get(0).topVia().toString());
        assertThat(cancel.header("CSeq")).contains("1 CANCEL");
        assertThat(cancel.toTag()).isEmpty();
    }

    @Test
    void cancelIsSentOnceAndTheInviteStillEndsByItsFinalResponse() {
        ClientTransaction invite = scene.sends("INVITE", Scene.UDP);
        scene.answered(180);
        invite.cancel();
        invite.cancel();
        assertThat(scene.sent.stream().filter(sent -> sent.method().equals("CANCEL")))
                .hasSize(1);
        scene.arrives(Scene.UDP, Scene.response(scene.lastSent(), 200));
        scene.answered(487);
        assertThat(scene.heard.statuses).containsExactly(180, 487);
    }

    @Test
    void aCancelledInviteThatNeverEndsIsGivenUpAfter64T1() {
        ClientTransaction invite = scene.sends("INVITE", Scene.UDP);
        scene.answered(180);
        invite.cancel();
        scene.passMillis(32_000);
        assertThat(scene.heard.failures).containsExactly(ClientEvents.Failure.TIMEOUT);
    }
}
