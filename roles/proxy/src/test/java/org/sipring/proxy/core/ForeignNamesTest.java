package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.sip.SipMessage;

/** Nobody makes a node ask DNS without end. */
final class ForeignNamesTest {
    private final World world = new World(EdgeNames.Style.NAME, 1, Others.policy(List.of("*"), List.of()));
    private final ProxyNode n1 = world.node("n1");
    private final Phone alice = world.udp("alice", "192.0.2.1");

    private SipMessage call(int number) {
        alice.send(
                n1,
                alice.invite("bob")
                        .edit()
                        .requestUri("sip:bob@d" + number + ".example")
                        .build());
        world.settle();
        return alice.last();
    }

    @Test
    void whoLetsTooManyNamesWaitIsToldToComeBackAndDnsIsNotAsked() {
        world.others.slow = true;
        n1.accounts.names = 2;
        assertThat(call(1).status()).isEqualTo(100);
        assertThat(call(2).status()).isEqualTo(100);
        int asked = world.others.asked;
        SipMessage refused = call(3);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(world.others.asked).isEqualTo(asked);
        world.pass(Duration.ofSeconds(10));
        assertThat(n1.accounts.waiting).isZero();
        world.others.slow = false;
        assertThat(call(4).status()).isEqualTo(404);
    }

    @Test
    void whatIsRememberedCostsNothing() {
        n1.accounts.names = 1;
        for (int i = 0; i < 10; i++) {
            assertThat(call(i).status()).isEqualTo(404);
        }
        assertThat(n1.accounts.waiting).isZero();
    }
}
