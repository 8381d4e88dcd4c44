package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.sip.SipMessage;

/**
 * RFC 3261 section 9.1: a call that rings at another node than the caller's, whose link breaks, so that neither an answer
 * finds back nor a CANCEL comes.
 */
final class OrphanedCallTest {
    private static final NodeId N2 = new NodeId("n2");

    private final World world = World.of(2);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");
    private final SipMessage invite = alice.invite("bob");

    @BeforeEach
    void register() {
        world.register(bob, "n2");
    }

    private void call() {
        alice.send(world.node("n1"), invite);
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE");
    }

    private void bobAnswers(int status) {
        bob.answer(bob.heard.get(0), status);
        world.settle();
    }

    private void loseLink() {
        world.node("n1").loseLink(N2);
        world.pass(Duration.ofSeconds(2));
    }

    @Test
    void thePhoneIsToldToStopWhenTheLinkBreaks() {
        call();
        bobAnswers(180);
        loseLink();
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(bob.last().method()).isEqualTo("CANCEL");
        bobAnswers(487);
        assertThat(bob.last().method()).isEqualTo("ACK");
        world.pass(Duration.ofSeconds(40));
        assertThat(world.node("n2").transactions()).isZero();
    }

    @Test
    void soIsOneThatHadSaidNothingUntilThenAsSoonAsItDoes() {
        call();
        loseLink();
        assertThat(bob.requests()).doesNotContain("CANCEL");
        bobAnswers(180);
        assertThat(bob.last().method()).isEqualTo("CANCEL");
    }

    /** The caller's node had to wait with it for a first response. */
    @Test
    void aCancelThatDidNotCrossTheLinkReachesThePhone() {
        call();
        alice.send(world.node("n1"), alice.cancel(invite));
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE");
        loseLink();
        assertThat(alice.last().status()).isEqualTo(487);
        bobAnswers(180);
        assertThat(bob.last().method()).isEqualTo("CANCEL");
    }

    @Test
    void nobodyRingsForACallerWhoseNodeDies() {
        call();
        bobAnswers(180);
        world.kill("n1");
        loseLink();
        assertThat(bob.last().method()).isEqualTo("CANCEL");
    }

    @Test
    void aCallThatHasBeenAnsweredGoesOn() {
        call();
        bobAnswers(200);
        loseLink();
        assertThat(bob.requests()).containsExactly("INVITE");
        alice.send(world.node("n1"), alice.within(alice.last(), "BYE", 2));
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE", "BYE");
    }

    /** RFC 3261 section 18.2.2: it is answered over another one, to where it listens. */
    @Test
    void aCallerWhoseOwnConnectionClosesStillCalls() {
        Phone carol = world.tcp("carol", "192.0.2.3");
        carol.call("bob", "n2");
        bobAnswers(180);
        carol.hangUpConnection(world.node("n2"));
        bobAnswers(200);
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(carol.last().status()).isEqualTo(200);
    }
}
