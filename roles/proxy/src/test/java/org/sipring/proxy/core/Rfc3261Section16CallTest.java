package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.sip.SipMessage;

/** RFC 3261 section 16 with real call flows: through one proxy and through two, over UDP and TCP. */
final class Rfc3261Section16CallTest {
    private final World world = World.of(3);

    private Phone phone(String user, int host, String transport) {
        String address = "192.0.2." + host;
        return transport.equals("tcp") ? world.tcp(user, address) : world.udp(user, address);
    }

    @ParameterizedTest
    @CsvSource({
        "n1, udp, n1, udp",
        "n1, udp, n2, udp",
        "n1, tcp, n2, udp",
        "n1, udp, n2, tcp",
        "n1, tcp, n1, tcp",
        "n1, tcp, n2, tcp"
    })
    void aCallIsSetUpAndEndedByEitherSide(String here, String callerTransport, String there, String calleeTransport) {
        Phone alice = phone("alice", 1, callerTransport);
        Phone bob = phone("bob", 2, calleeTransport);
        world.register(alice, here);
        world.register(bob, there);
        ProxyNode proxy = world.node(here);

        alice.send(proxy, alice.invite("bob"));
        world.settle();
        SipMessage invite = bob.last();
        assertThat(alice.statuses()).containsExactly(100);
        assertThat(invite.requestUri()).isEqualTo(bob.contact());
        assertThat(invite.header("Proxy-Authorization")).isEmpty();
        assertThat(invite.recordRoutes().orElseThrow()).hasSize(2);
        bob.answer(invite, 180);
        world.settle();
        bob.answer(invite, 200);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
        assertThat(alice.last().headers("Via")).hasSize(1);

        SipMessage ok = alice.last();
        alice.send(proxy, alice.within(ok, "ACK", 1));
        world.settle();
        assertThat(bob.last().method()).isEqualTo("ACK");
        assertThat(bob.last().routes()).isEmpty();
        assertThat(bob.last().requestUri()).isEqualTo(bob.contact());

        bob.send(world.node(there), bob.back(invite, "INFO", 1));
        world.settle();
        assertThat(alice.last().method()).isEqualTo("INFO");
        assertThat(alice.last().requestUri()).isEqualTo(alice.contact());
        alice.answer(alice.last(), 200);
        world.settle();
        assertThat(bob.last().status()).isEqualTo(200);

        alice.send(proxy, alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE", "ACK", "BYE");
        bob.answer(bob.last(), 200);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"n1", "n2"})
    void aPathIsWrittenAsRouteAndFollowedOverTheFlowThatRegistered(String there) {
        String hop = "<sip:gateway.example.com;lr>";
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone bob = world.udp("bob", "192.0.2.2");
        world.register(bob, there, hop);
        alice.send(world.node("n1"), alice.invite("bob"));
        world.settle();
        assertThat(bob.last().headers("Route")).containsExactly(hop);
        bob.answer(bob.last(), 200);
        world.settle();
        SipMessage bye =
                alice.within(alice.last(), "BYE", 2).edit().add("Route", hop).build();
        alice.send(world.node("n1"), bye);
        world.settle();
        assertThat(bob.last().method()).isEqualTo("BYE");
        assertThat(bob.last().headers("Route")).containsExactly(hop);
    }

    @Test
    void contactsAreTriedOneAfterTheOther() {
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone desk = world.udp("bob", "192.0.2.2");
        Phone mobile = world.udp("bob", "192.0.2.3");
        world.register(desk, "n2");
        world.register(mobile, "n3");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.settle();
        assertThat(desk.heard).isEmpty();
        mobile.answer(mobile.last(), 486);
        world.settle();
        assertThat(mobile.requests()).containsExactly("INVITE", "ACK");
        desk.answer(desk.last(), 200);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    @Test
    void theBestRefusalIsTold() {
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone desk = world.udp("bob", "192.0.2.2");
        Phone mobile = world.udp("bob", "192.0.2.3");
        world.register(desk, "n1");
        world.register(mobile, "n1");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.settle();
        mobile.answer(mobile.last(), 486);
        world.settle();
        desk.answer(desk.last(), 503);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 486);
    }

    @Test
    void a6xxEndsTheSearch() {
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone desk = world.udp("bob", "192.0.2.2");
        Phone mobile = world.udp("bob", "192.0.2.3");
        world.register(desk, "n1");
        world.register(mobile, "n1");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.settle();
        mobile.answer(mobile.last(), 603);
        world.settle();
        assertThat(desk.heard).isEmpty();
        assertThat(alice.statuses()).containsExactly(100, 603);
    }

    @Test
    void a503OfAPhoneIsToldAs500() {
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone bob = world.udp("bob", "192.0.2.2");
        world.register(bob, "n1");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.settle();
        bob.answer(bob.last(), 503);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(500);
    }

    @Test
    void aSilentPhoneIsToldAs408() {
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone bob = world.udp("bob", "192.0.2.2");
        world.register(bob, "n2");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(Duration.ofSeconds(33));
        assertThat(alice.statuses()).startsWith(100, 408);
    }

    @ParameterizedTest
    @CsvSource({"n1", "n2"})
    void cancelReachesThePhone(String there) {
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone bob = world.udp("bob", "192.0.2.2");
        world.register(bob, there);
        SipMessage invite = alice.invite("bob");
        alice.send(world.node("n1"), invite);
        world.settle();
        bob.answer(bob.last(), 180);
        world.settle();
        alice.send(world.node("n1"), cancel(invite));
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE", "CANCEL");
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
        bob.answer(bob.heard.get(0), 487);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 180, 200, 487);
        assertThat(bob.requests()).containsExactly("INVITE", "CANCEL", "ACK");
    }

    private static SipMessage cancel(SipMessage invite) {
        return SipMessage.request("CANCEL", invite.requestUri())
                .add("Via", invite.topVia().toString())
                .add("Max-Forwards", "70")
                .add("From", invite.header("From").orElseThrow())
                .add("To", invite.header("To").orElseThrow())
                .add("Call-ID", invite.callId())
                .add("CSeq", "1 CANCEL")
                .build();
    }

    @Test
    void timerCCancelsAPhoneThatRingsTooLong() {
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone bob = world.udp("bob", "192.0.2.2");
        world.register(bob, "n1");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.settle();
        bob.answer(bob.last(), 180);
        world.pass(Duration.ofSeconds(150));
        bob.answer(bob.heard.get(0), 180);
        world.pass(Duration.ofSeconds(150));
        assertThat(bob.requests()).containsExactly("INVITE");
        world.pass(Duration.ofSeconds(51));
        assertThat(bob.requests()).startsWith("INVITE", "CANCEL");
        bob.answer(bob.heard.get(0), 487);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(408);
    }

    @Test
    void aRepeated2xxIsPassedOn() {
        Phone alice = world.udp("alice", "192.0.2.1");
        Phone bob = world.udp("bob", "192.0.2.2");
        world.register(bob, "n2");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.settle();
        bob.answer(bob.last(), 200);
        bob.answer(bob.last(), 200);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 200, 200);
    }
}
