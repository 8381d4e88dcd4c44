package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one account may ask for, from however many places. */
final class BusyAccountTest {
    private final World world = World.of(1);
    private final ProxyNode proxy = world.node("n1");
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    @BeforeEach
    void limit() {
        proxy.accounts.most = 2;
        world.register(bob, "n1");
    }

    private int answer(Phone phone) {
        world.settle();
        return phone.last().status();
    }

    @Test
    void whoHasProvedToBeTheAccountTooOftenIsToldToComeBackAndNothingIsKept() {
        for (int i = 0; i < 2; i++) {
            alice.send(
                    proxy,
                    alice.request("OPTIONS", "sip:carol@sipring.test")
                            .add("Proxy-Authorization", "x")
                            .build());
            assertThat(answer(alice)).isEqualTo(404);
        }
        int kept = proxy.transactions();
        alice.send(proxy, alice.invite("bob"));
        assertThat(answer(alice)).isEqualTo(503);
        assertThat(alice.last().header("Retry-After")).isPresent();
        assertThat(proxy.transactions()).isEqualTo(kept);
        assertThat(bob.heard).noneMatch(request -> request.method().equals("INVITE"));
    }

    @Test
    void whoHasProvedNothingTakesNothingAway() {
        for (int i = 0; i < 5; i++) {
            alice.send(proxy, alice.request("OPTIONS", "sip:carol@sipring.test").build());
            assertThat(answer(alice)).isEqualTo(407);
        }
        alice.send(
                proxy,
                alice.request("OPTIONS", "sip:carol@sipring.test")
                        .add("Proxy-Authorization", "x")
                        .build());
        assertThat(answer(alice)).isEqualTo(404);
    }

    @Test
    void registrationsCount() {
        for (int status : new int[] {200, 200, 503}) {
            alice.send(proxy, alice.request("REGISTER", "sip:sipring.test").build());
            assertThat(answer(alice)).isEqualTo(status);
        }
        assertThat(proxy.registers).isEqualTo(2);
    }
}
