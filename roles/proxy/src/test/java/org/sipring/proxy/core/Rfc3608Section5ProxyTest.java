package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 3608 section 5: a call that takes the Service-Route reaches the callee as any other, at any node. */
final class Rfc3608Section5ProxyTest {
    private final World world = World.of(2);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    @Test
    void theServiceRouteIsOurOwnAndGoesNoFurther() {
        world.register(bob, "n1");
        String route = world.names
                .serviceRoute(alice.flowAt(world.node("n1")).transport())
                .orElseThrow();
        alice.send(
                world.node("n2"), alice.invite("bob").edit().add("Route", route).build());
        world.settle();
        assertThat(bob.last().method()).isEqualTo("INVITE");
        assertThat(bob.last().routes()).isEmpty();
    }
}
