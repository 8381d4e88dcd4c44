package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** A bug in what goes on after an answer of others costs one request, and leaves nothing of it. */
final class BrokenWorkTest {
    private final World world = World.of(1);
    private final ProxyNode n1 = world.node("n1");
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    @Test
    void anAnswerOfTheRegistrarThatBreaksItsReaderIsA500() {
        world.register(bob, "n1");
        world.broken = true;
        alice.send(n1, alice.invite("bob"));
        world.settle();
        assertThat(alice.last().status()).isEqualTo(100);
        world.answerBroken();
        assertThatThrownBy(world::settle).isInstanceOf(NullPointerException.class);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(500);
        assertThat(n1.transactions()).isZero();
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void aRegistrarThatFailsWhenItIsAskedAgainIsA500() {
        world.register(bob, "n1");
        world.hideRegistrations(Duration.ofMillis(500));
        alice.send(n1, alice.invite("bob"));
        world.settle();
        world.throwing = true;
        assertThatThrownBy(() -> world.pass(Duration.ofSeconds(1))).hasMessage("made by the test");
        world.settle();
        assertThat(alice.last().status()).isEqualTo(500);
        assertThat(n1.transactions()).isZero();
    }

    @Test
    void whetherAPhoneHasMovedIsA500() {
        talk(bob);
        Phone moved = world.udp("bob", "192.0.2.77");
        world.register(moved, "n1");
        breaks(moved, moved.back(bob.heard.get(0), "BYE", 1));
    }

    @Test
    void whereAGruuLeadsIsA500() {
        SipMessage bye = alice.within(talk(bob), "BYE", 2);
        breaks(alice, bye.edit().requestUri(bob.gruu()).build());
    }

    @Test
    void whereAPhoneHasGoneIsA500() {
        Phone mobile = world.tcp("bob", "192.0.2.3");
        SipMessage ok = talk(mobile);
        mobile.hangUpConnection(n1);
        String elsewhere = mobile.contact().replace(":5070", ":40404");
        breaks(alice, alice.within(ok, "BYE", 2).edit().requestUri(elsewhere).build());
    }

    private SipMessage talk(Phone callee) {
        world.register(alice, "n1");
        world.register(callee, "n1");
        alice.send(n1, alice.invite("bob"));
        world.settle();
        callee.answer(callee.last(), 200);
        world.settle();
        SipMessage ok = alice.last();
        alice.send(n1, alice.within(ok, "ACK", 1));
        world.pass(Duration.ofSeconds(40));
        assertThat(n1.transactions()).isZero();
        return ok;
    }

    private void breaks(Phone sender, SipMessage request) {
        world.broken = true;
        sender.send(n1, request);
        world.settle();
        world.answerBroken();
        assertThatThrownBy(world::settle).isInstanceOf(NullPointerException.class);
        world.settle();
        assertThat(sender.last().status()).isEqualTo(500);
        assertThat(n1.transactions()).isZero();
    }
}
