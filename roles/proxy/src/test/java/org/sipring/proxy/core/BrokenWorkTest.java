package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

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
}
