package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** Callers that hang up while their call is being forwarded: RFC 3261 section 16.10. */
final class Rfc3261Section1610ForwardingTest extends CallRulesWorld {
    private void hangsUp(SipMessage invite) {
        send(alice, alice.cancel(invite));
    }

    @Test
    void whoIsCalledInsteadIsToldToStop() {
        wishes(bob, always(CAROL));
        SipMessage invite = calls();
        answers(carol, 180);
        hangsUp(invite);
        assertThat(carol.requests()).containsExactly("INVITE", "CANCEL");
        answers(carol, 487);
        assertThat(alice.statuses()).endsWith(200, 487);
    }

    @Test
    void nobodyIsCalledInsteadAfterTheCallerHasHungUp() {
        wishes(bob, busy(CAROL));
        SipMessage invite = calls();
        answers(bob, 180);
        hangsUp(invite);
        // It was busy before the CANCEL came.
        answers(bob, 486);
        assertThat(alice.last().status()).isEqualTo(486);
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void patienceThatIsOutAfterTheCallerHasHungUpCallsNobody() {
        wishes(bob, noAnswer(CAROL));
        SipMessage invite = calls();
        answers(bob, 180);
        hangsUp(invite);
        world.pass(PATIENCE);
        answers(bob, 487);
        assertThat(alice.last().status()).isEqualTo(487);
        assertThat(carol.heard).isEmpty();
    }

    /** Both who rang until now and who rings now are told; the answer waits for both. */
    @Test
    void whoHangsUpWhileOneStopsAndTheOtherBeginsToRingIsAnsweredWhenBothHaveStopped() {
        wishes(bob, noAnswer(CAROL));
        SipMessage invite = calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        answers(carol, 180);
        hangsUp(invite);
        assertThat(carol.requests()).containsExactly("INVITE", "CANCEL");
        answers(carol, 487);
        assertThat(alice.last().status()).isEqualTo(200);
        answers(bob, 487);
        assertThat(alice.last().status()).isEqualTo(487);
        assertThat(asked(bob)).containsExactly("INVITE", "CANCEL", "ACK");
    }

    /** The registrar may take its time to say where the person is who is to be called instead. */
    @Test
    void whoHangsUpWhileTheOtherIsLookedForIsAnsweredAtOnceAndNobodyIsCalled() {
        wishes(bob, busy(CAROL));
        SipMessage invite = calls();
        world.hideRegistrations(Duration.ofSeconds(2));
        answers(bob, 486);
        assertThat(alice.statuses()).containsExactly(100);
        hangsUp(invite);
        assertThat(alice.statuses()).containsExactly(100, 200, 487);
        world.pass(Duration.ofSeconds(10));
        assertThat(carol.heard).isEmpty();
        assertThat(told()).containsExactly(100, 200, 487);
    }

    @Test
    void whoAnswersWhileTheOtherIsLookedForIsTakenAndNobodyElseIsCalled() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.hideRegistrations(Duration.ofSeconds(20));
        world.pass(PATIENCE.plusSeconds(1));
        assertThat(bob.requests()).containsExactly("INVITE");
        answers(bob, 200);
        world.pass(Duration.ofSeconds(20));
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
        assertThat(carol.heard).isEmpty();
    }

    /** RFC 3261 section 16.7 step 5. */
    @Test
    void whoDeclinesWhileTheOtherIsLookedForIsObeyed() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.hideRegistrations(PATIENCE.plusSeconds(2));
        world.pass(PATIENCE);
        answers(bob, 603);
        world.pass(Duration.ofSeconds(10));
        assertThat(told()).containsExactly(100, 180, 603);
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void whoStopsToRingWhileTheOtherIsLookedForDoesNotEndTheCall() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.hideRegistrations(PATIENCE.plusSeconds(2));
        world.pass(PATIENCE);
        answers(bob, 480);
        assertThat(alice.statuses()).containsExactly(100, 180);
        world.pass(Duration.ofSeconds(5));
        assertThat(asked(carol)).containsExactly("INVITE");
    }

    @Test
    void whereNobodyCanTellWhereTheOtherIsTheCallEndsAsItWouldHaveEnded() {
        wishes(bob, busy(CAROL));
        calls();
        world.hideRegistrations(Duration.ofMinutes(1));
        answers(bob, 486);
        world.pass(Duration.ofSeconds(10));
        assertThat(told()).containsExactly(100, 486);
    }
}
