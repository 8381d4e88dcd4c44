package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** RFC 3261 section 22.3: credentials end at the proxy that they are for. */
final class Rfc3261Section223Test {
    private final World world = World.of(2);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    @Test
    void ourCredentialsEndHereAndThoseForOthersGoOn() {
        world.register(bob, "n2");
        String foreign = "Digest username=\"a\", realm=\"elsewhere.test\", nonce=\"n\", uri=\"sip:x\", response=\"0\"";
        alice.send(
                world.node("n1"),
                alice.invite("bob").edit().add("Proxy-Authorization", foreign).build());
        world.settle();
        assertThat(bob.last().method()).isEqualTo("INVITE");
        assertThat(bob.last().headers("Proxy-Authorization")).containsExactly(foreign);
    }

    // Whoever makes a phone believe that its callee asks for the platform's password must not get the proof.
    @Test
    void noProofOfOurPasswordsReachesACallee() {
        world.register(bob, "n2");
        SipMessage invite = alice.invite("bob")
                .edit()
                .add("Authorization", "Digest username=\"alice\", realm=\"sipring.test\", response=\"0\"")
                .build();
        alice.send(world.node("n1"), invite);
        world.settle();
        assertThat(bob.last().method()).isEqualTo("INVITE");
        assertThat(bob.last().headers("Authorization")).isEmpty();
    }

    @Test
    void noCalleeAsksForOurPasswords() {
        world.register(bob, "n2");
        alice.call("bob", "n1");
        bob.answer(bob.last(), 401, "WWW-Authenticate", "Digest realm=\"sipring.test\", nonce=\"stolen\"");
        world.settle();
        assertThat(alice.last().status()).isEqualTo(500);
        assertThat(alice.last().header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void aCalleeMayAskForAPasswordOfItsOwn() {
        world.register(bob, "n2");
        alice.call("bob", "n1");
        bob.answer(bob.last(), 401, "WWW-Authenticate", "Digest realm=\"elsewhere.test\", nonce=\"n\"");
        world.settle();
        assertThat(alice.last().status()).isEqualTo(401);
    }
}
