package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/** RFC 3325 sections 5 and 6: identities that phones assert are not passed on; the nodes trust each other. */
final class Rfc3325Test {
    private static final List<String> NAMES = List.of("P-Asserted-Identity", "P-Preferred-Identity", "Remote-Party-ID");
    private static final List<String> TRUSTED = List.of(
            "P-Charge-Info",
            "P-Charging-Vector",
            "P-Charging-Function-Addresses",
            "P-Served-User",
            "Diversion",
            "History-Info");
    private static final String PRESIDENT = "\"The President\" <sip:president@sipring.test>";

    private final World world = World.of(2);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.tcp("bob", "192.0.2.2");

    @BeforeEach
    void register() {
        world.register(alice, "n1");
        world.register(bob, "n2");
    }

    private static SipMessage asserting(SipMessage message) {
        MessageBuilder edit = message.edit();
        NAMES.forEach(name -> edit.add(name, PRESIDENT));
        return edit.build();
    }

    private void sends(SipMessage message) {
        alice.send(world.node("n1"), asserting(message));
        world.settle();
    }

    private static void assertNothingAsserted(SipMessage message) {
        assertThat(message.toString()).doesNotContain("President");
    }

    @Test
    void requestsOfPhonesAssertNothing() {
        sends(alice.invite("bob"));
        assertThat(bob.last().method()).isEqualTo("INVITE");
        assertNothingAsserted(bob.last());
        bob.answer(bob.last(), 200);
        world.settle();
        SipMessage ok = alice.last();
        sends(alice.within(ok, "ACK", 1));
        sends(alice.within(ok, "INFO", 2));
        assertThat(bob.requests()).containsExactly("INVITE", "ACK", "INFO");
        bob.heard.forEach(Rfc3325Test::assertNothingAsserted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void responsesOfPhonesAssertNothing(String there) {
        world.register(bob, there);
        alice.call("bob", "n1");
        for (int status : new int[] {180, 200}) {
            bob.answer(
                    bob.heard.get(0),
                    status,
                    NAMES.stream().flatMap(name -> Stream.of(name, PRESIDENT)).toArray(String[]::new));
            world.settle();
            assertThat(alice.last().status()).isEqualTo(status);
            assertNothingAsserted(alice.last());
        }
    }

    /** RFC 7315 section 5: who pays, and who forwarded, is told within the trust domain only. */
    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void responsesOfPhonesDoNotSayWhoPays(String there) {
        world.register(bob, there);
        alice.call("bob", "n1");
        for (int status : new int[] {183, 200}) {
            bob.answer(
                    bob.heard.get(0),
                    status,
                    TRUSTED.stream().flatMap(name -> Stream.of(name, PRESIDENT)).toArray(String[]::new));
            world.settle();
            assertThat(alice.last().status()).isEqualTo(status);
            assertNothingAsserted(alice.last());
        }
    }

    @Test
    void whatAnotherNodeAssertsIsPassedOn() {
        alice.call("bob", "n1");
        String route = bob.last().headers("Record-Route").get(0);
        ProxyNode n2 = world.node("n2");
        Flow link = n2.accept(Transport.NODE, new InetSocketAddress("10.0.0.1", 5066), new NodeId("n1"), answer -> {});
        SipMessage info =
                alice.request("INFO", bob.contact()).add("Route", route).build();
        n2.arrives(link, asserting(info).bytes());
        world.settle();
        assertThat(bob.last().method()).isEqualTo("INFO");
        NAMES.forEach(name -> assertThat(bob.last().header(name)).as(name).isPresent());
    }
}
