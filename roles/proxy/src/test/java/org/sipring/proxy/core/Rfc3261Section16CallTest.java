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
    private final Phone alice = world.udp("alice", "192.0.2.1");

    private Phone bob(int host, String node, String... path) {
        Phone bob = world.udp("bob", "192.0.2." + host);
        world.register(bob, node, path);
        return bob;
    }

    private void answers(Phone phone, int status) {
        phone.answer(phone.last(), status);
        world.settle();
    }

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
        Phone caller = phone("alice", 4, callerTransport);
        Phone bob = phone("bob", 2, calleeTransport);
        world.register(caller, here);
        world.register(bob, there);
        ProxyNode proxy = world.node(here);

        caller.send(proxy, caller.invite("bob"));
        world.settle();
        SipMessage invite = bob.last();
        assertThat(caller.statuses()).containsExactly(100);
        assertThat(invite.requestUri()).isEqualTo(bob.contact());
        assertThat(invite.header("Proxy-Authorization")).isEmpty();
        assertThat(invite.recordRoutes().orElseThrow()).hasSize(2);
        answers(bob, 180);
        answers(bob, 200);
        assertThat(caller.statuses()).containsExactly(100, 180, 200);
        assertThat(caller.last().headers("Via")).hasSize(1);

        SipMessage ok = caller.last();
        caller.send(proxy, caller.within(ok, "ACK", 1));
        world.settle();
        assertThat(bob.last().method()).isEqualTo("ACK");
        assertThat(bob.last().routes()).isEmpty();
        assertThat(bob.last().requestUri()).isEqualTo(bob.contact());

        bob.send(world.node(there), bob.back(invite, "INFO", 1));
        world.settle();
        assertThat(caller.last().method()).isEqualTo("INFO");
        assertThat(caller.last().requestUri()).isEqualTo(caller.contact());
        answers(caller, 200);
        assertThat(bob.last().status()).isEqualTo(200);

        caller.send(proxy, caller.within(ok, "BYE", 2));
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE", "ACK", "BYE");
        answers(bob, 200);
        assertThat(caller.last().status()).isEqualTo(200);
    }

    /** RFC 3327 section 5.4. */
    @ParameterizedTest
    @CsvSource({"n1", "n2"})
    void aPathIsWrittenAsRouteAndFollowedOverTheFlowThatRegistered(String there) {
        String hop = "<sip:gateway.example.com;lr>";
        Phone bob = bob(2, there, hop);
        alice.call("bob", "n1");
        assertThat(bob.last().headers("Route")).containsExactly(hop);
        answers(bob, 200);
        SipMessage bye =
                alice.within(alice.last(), "BYE", 2).edit().add("Route", hop).build();
        alice.send(world.node("n1"), bye);
        world.settle();
        assertThat(bob.last().method()).isEqualTo("BYE");
        assertThat(bob.last().headers("Route")).containsExactly(hop);
    }

    @Test
    void a503OfAPhoneIsToldAs500() {
        Phone bob = bob(2, "n1");
        alice.call("bob", "n1");
        answers(bob, 503);
        assertThat(alice.last().status()).isEqualTo(500);
    }

    @Test
    void aSilentPhoneIsToldAs408() {
        bob(2, "n2");
        alice.call("bob", "n1");
        world.pass(Duration.ofSeconds(33));
        assertThat(alice.statuses()).startsWith(100, 408);
    }

    @ParameterizedTest
    @CsvSource({"n1", "n2"})
    void cancelReachesThePhone(String there) {
        Phone bob = bob(2, there);
        SipMessage invite = alice.call("bob", "n1");
        answers(bob, 180);
        alice.send(world.node("n1"), alice.cancel(invite));
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE", "CANCEL");
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
        bob.answer(bob.heard.get(0), 487);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 180, 200, 487);
        assertThat(bob.requests()).containsExactly("INVITE", "CANCEL", "ACK");
    }

    @Test
    void timerCCancelsAPhoneThatRingsTooLong() {
        Phone bob = bob(2, "n1");
        alice.call("bob", "n1");
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
        Phone bob = bob(2, "n2");
        alice.call("bob", "n1");
        bob.answer(bob.last(), 200);
        answers(bob, 200);
        assertThat(alice.statuses()).containsExactly(100, 200, 200);
    }
}
