package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** SIPS URIs and TLS phones at a proxy: RFC 5630 section 5.3, RFC 3261 section 26.2.2. */
final class Rfc5630Section53Test {
    private final World world = World.of(2);
    private final Phone alice = world.tls("alice", "192.0.2.1");

    private SipMessage call(Phone caller, String uri) {
        MessageBuilder invite = caller.request("INVITE", uri);
        return invite.add("Proxy-Authorization", "Digest username=alice").build();
    }

    @Test
    void aSipsUriIsReachedOverTlsOnEveryHop() {
        Phone bob = world.tls("bob", "192.0.2.2").sips();
        world.register(bob, "n2");
        alice.send(world.node("n1"), call(alice, "sips:bob@sipring.test"));
        world.settle();
        SipMessage invite = bob.last();
        assertThat(invite.requestUri()).isEqualTo(bob.contact()).startsWith("sips:");
        assertThat(invite.headers("Record-Route"))
                .hasSize(2)
                .allMatch(route -> route.startsWith("<sips:") && route.endsWith(";transport=tls;lr>"));
        assertThat(invite.topVia().transport()).isEqualTo("TLS");
    }

    @Test
    void thereIsNoExceptionForTheLastHop() {
        Phone bob = world.udp("bob", "192.0.2.2");
        world.register(bob, "n1");
        alice.send(world.node("n1"), call(alice, "sips:bob@sipring.test"));
        world.settle();
        assertThat(bob.heard).isEmpty();
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(alice.last().header("Warning")).contains("380 sipring.test \"SIPS Not Allowed\"");
    }

    @Test
    void ofAUsersPhonesOnlyThoseWithSipsContactsRing() {
        Phone desk = world.tls("bob", "192.0.2.2");
        Phone mobile = world.tls("bob", "192.0.2.3").sips();
        world.register(desk, "n1");
        world.register(mobile, "n1");
        alice.send(world.node("n1"), call(alice, "sips:bob@sipring.test"));
        world.settle();
        assertThat(desk.heard).isEmpty();
        assertThat(mobile.requests()).containsExactly("INVITE");
    }

    @Test
    void aSipsContactIsCalledBySipUrisToo() {
        Phone bob = world.tls("bob", "192.0.2.2").sips();
        world.register(bob, "n1");
        alice.send(world.node("n2"), call(alice, "sip:bob@sipring.test"));
        world.settle();
        assertThat(bob.last().requestUri()).isEqualTo(bob.contact().replace("sips:", "sip:"));
    }

    @Test
    void aSipsUriThatCameInTheClearGoesNoFurther() {
        Phone carol = world.udp("carol", "192.0.2.4");
        Phone bob = world.tls("bob", "192.0.2.2").sips();
        world.register(bob, "n1");
        carol.send(world.node("n1"), call(carol, "sips:bob@sipring.test"));
        world.settle();
        assertThat(bob.heard).isEmpty();
        assertThat(carol.last().status()).isEqualTo(403);
    }

    @Test
    void withinADialogASipsUriLeavesByTlsOnly() {
        Phone bob = world.tls("bob", "192.0.2.2").sips();
        world.register(bob, "n1");
        SipMessage invite = call(alice, "sips:bob@sipring.test");
        alice.send(world.node("n1"), invite);
        world.settle();
        bob.answer(bob.last(), 200);
        world.settle();
        SipMessage ok = alice.last();
        bob.hangUpConnection(world.node("n1"));
        alice.send(world.node("n1"), alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(alice.last().status()).isEqualTo(430);
    }

    @Test
    void noConnectionIsOpenedToAPhoneThatCameByTls() {
        Phone bob = world.tls("bob", "192.0.2.2");
        // Somebody who listens at the same place, for TCP.
        Phone stranger = world.tcp("stranger", "192.0.2.2");
        world.register(bob, "n1");
        bob.hangUpConnection(world.node("n1"));
        alice.send(world.node("n1"), call(alice, "sip:bob@sipring.test"));
        world.settle();
        assertThat(stranger.heard).isEmpty();
        assertThat(alice.last().status()).isEqualTo(480);
    }
}
