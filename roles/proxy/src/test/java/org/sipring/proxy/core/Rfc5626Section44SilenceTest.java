package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 5626 section 4.4: who was told a Flow-Timer and is silent for longer has lost its flow. */
final class Rfc5626Section44SilenceTest {
    private final World world = World.of(2);
    private final Phone bob = world.tcp("bob", "192.0.2.2");

    @Test
    void theFlowIsClosedSomeGraceAfterItsTimer() {
        ProxyNode n1 = world.node("n1");
        bob.send(
                n1,
                bob.request("REGISTER", "sip:sipring.test")
                        .add("Supported", "outbound")
                        .build());
        world.settle();
        assertThat(n1.silences).isEqualTo(Map.of(bob.flowAt(n1), Duration.ofSeconds(150)));
    }

    @Test
    void whoWasToldNothingMayBeSilent() {
        ProxyNode n1 = world.node("n1");
        bob.send(n1, bob.request("REGISTER", "sip:sipring.test").build());
        world.settle();
        assertThat(n1.silences).isEmpty();
    }

    /** Section 5.3: the node that held it answers 430, and the next flow is called in the same moment. */
    @Test
    void aClosedFlowIsNotWaitedFor() {
        Phone alice = world.udp("alice", "192.0.2.1");
        world.registerFlow(bob, "n1", 1);
        world.registerFlow(bob, "n2", 2);
        bob.hangUpConnection(world.node("n2"));
        alice.call("bob", "n1");
        assertThat(bob.requests()).containsExactly("INVITE");
    }
}
