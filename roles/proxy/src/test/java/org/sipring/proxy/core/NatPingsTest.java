package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;

/** Phones behind a NAT that do not keep it open themselves are pinged over the flow by which they registered. */
final class NatPingsTest {
    private static final int ALIVE = 120;
    private static final int GONE = 0;
    private static final String PINGED = "sipring_sip_nat_pinged";

    private final World world = World.of(1);
    private final ProxyNode n1 = world.node("n1");
    private final Phone bob = world.udp("bob", "192.0.2.2").behindNat();

    private static SipMessage request(Phone phone, int seconds, UnaryOperator<MessageBuilder> more) {
        return more.apply(phone.request("REGISTER", "sip:sipring.test")
                        .set("To", "<sip:" + phone.aor() + '>')
                        .add("Expires", Integer.toString(seconds)))
                .build();
    }

    private void register(Phone phone, int seconds) {
        register(phone, seconds, "X-Nothing", "more");
    }

    private void register(Phone phone, int seconds, String header, String value) {
        phone.send(n1, request(phone, seconds, edit -> edit.add(header, value)));
        world.settle();
        assertThat(phone.statuses()).last().isEqualTo(200);
    }

    private List<Duration> pings(Phone phone, Duration during) {
        phone.pings.clear();
        world.pass(during);
        return List.copyOf(phone.pings);
    }

    private List<Duration> pings(Phone phone) {
        return pings(phone, ProxyNode.NAT_PINGS.multipliedBy(4));
    }

    @Test
    void aPhoneIsPingedBeforeItsNatForgetsIt() {
        register(bob, ALIVE);
        Duration last = world.time.elapsed();
        List<Duration> pings = pings(bob);
        assertThat(pings).hasSize(4);
        for (Duration ping : pings) {
            assertThat(ping.minus(last)).isBetween(Duration.ZERO, ProxyNode.NAT_PINGS.plusMillis(1));
            last = ping;
        }
        assertThat(bob.requests()).as("a ping is no message").isEmpty();
    }

    @Test
    void asLongAsItRegisters() {
        for (int i = 0; i < 10; i++) {
            register(bob, ALIVE);
            assertThat(pings(bob)).hasSize(4);
        }
        world.pass(Duration.ofSeconds(ALIVE));
        assertThat(pings(bob)).as("its binding has expired").isEmpty();
    }

    @Test
    void whoHasLeftIsPingedNoMore() {
        register(bob, ALIVE);
        assertThat(pings(bob, ProxyNode.NAT_PINGS)).hasSize(1);
        register(bob, GONE);
        assertThat(pings(bob)).isEmpty();
        register(bob, ALIVE);
        assertThat(pings(bob)).as("it has come back").hasSize(4);
    }

    @Test
    void whoTakesBackAllItsContactsIsPingedNoMore() {
        register(bob, ALIVE);
        bob.send(n1, request(bob, GONE, edit -> edit.set("Contact", "*")));
        world.settle();
        assertThat(pings(bob)).isEmpty();
    }

    /** RFC 5626: it pings by itself. */
    @Test
    void whoNegotiatedOutboundIsNotPinged() {
        String flow = "<sip:bob@10.9.9.9:5060>;reg-id=1;+sip.instance=\"<urn:uuid:1>\"";
        bob.send(n1, request(bob, ALIVE, edit -> edit.set("Contact", flow).add("Supported", "path, outbound")));
        world.settle();
        assertThat(pings(bob)).isEmpty();
    }

    @Test
    void whoOnlyKnowsOfOutboundIsPinged() {
        register(bob, ALIVE, "Supported", "outbound");
        assertThat(pings(bob)).hasSize(4);
    }

    @Test
    void whoIsNotBehindANatIsNotPinged() {
        Phone alice = world.udp("alice", "192.0.2.1");
        register(alice, ALIVE);
        assertThat(pings(alice)).isEmpty();
    }

    /** RFC 3327: the proxy before it has its flow. */
    @Test
    void whoIsBehindAnotherProxyIsNotPinged() {
        register(bob, ALIVE, "Path", "<sip:192.0.2.9;lr>");
        assertThat(pings(bob)).isEmpty();
    }

    @Test
    void aRefusalChangesNothing() {
        register(bob, ALIVE);
        n1.refuses = true;
        Phone carol = world.udp("carol", "192.0.2.3").behindNat();
        for (Phone phone : List.of(bob, carol)) {
            phone.send(n1, request(phone, ALIVE, edit -> edit));
            world.settle();
            assertThat(phone.statuses()).last().isEqualTo(403);
        }
        assertThat(pings(bob)).hasSize(4);
        assertThat(carol.pings).isEmpty();
    }

    @Test
    void aConnectionIsPingedUntilItIsClosed() {
        for (Phone phone : List.of(world.tcp("carol", "192.0.2.3"), world.tls("dave", "192.0.2.4"))) {
            register(phone.behindNat(), ALIVE);
            assertThat(pings(phone)).hasSize(4);
            phone.hangUpConnection(n1);
            assertThat(pings(phone)).isEmpty();
        }
    }

    /** One ping serves all lines of a phone. */
    @Test
    void aFlowOfSeveralAccountsIsPingedOnceWhileOneOfThemIsThere() {
        Phone alice = world.udp("alice", "192.0.2.2").behindNat();
        // Both are one phone: what the node sends there is heard by the one that the world knows last.
        register(alice, ALIVE);
        alice.send(n1, request(bob, ALIVE, edit -> edit));
        assertThat(pings(alice)).hasSize(4);
        register(alice, ALIVE);
        alice.send(n1, request(bob, GONE, edit -> edit));
        assertThat(pings(alice)).as("one line has left").hasSize(4);
        register(alice, GONE);
        assertThat(pings(alice)).as("both have").isEmpty();
    }

    private List<Phone> many(int phones) {
        return IntStream.range(0, phones)
                .mapToObj(i ->
                        world.udp("u" + i, "198.51.100." + i % 250, 10_000 + i).behindNat())
                .toList();
    }

    @Test
    void whoRegisteredTogetherAreNotPingedTogether() {
        List<Phone> all = many(500);
        all.forEach(phone -> phone.send(n1, request(phone, ALIVE, edit -> edit)));
        world.pass(ProxyNode.NAT_PINGS.plusMillis(10));
        List<Duration> pings = new ArrayList<>();
        all.forEach(phone -> pings.addAll(phone.pings));
        assertThat(pings).hasSize(500);
        Map<Duration, Long> atOnce = pings.stream().collect(Collectors.groupingBy(ping -> ping, Collectors.counting()));
        assertThat(atOnce.values()).as("250 turns for 500 phones").containsOnly(2L);
    }

    @Test
    void aNodePingsOnlySoMany() {
        Duration every = NatPings.TURN.multipliedBy(2);
        NatPings pings = new NatPings(n1, NatPinging.of(every, n1));
        int places = 2 * NatPings.MOST_A_TURN;
        List<Phone> all = many(places + 10);
        for (Phone phone : all) {
            SipMessage request = request(phone, ALIVE, edit -> edit);
            SipMessage ok = Responses.of(request, 200, "OK", "tag")
                    .edit()
                    .add("Contact", request.header("Contact").orElseThrow() + ";expires=" + ALIVE)
                    .build();
            pings.registered(phone.flowAt(n1), phone.aor(), request, ok);
        }
        world.pass(every.plusMillis(10));
        assertThat(all.stream().filter(phone -> !phone.pings.isEmpty())).hasSize(places);
        assertThat(n1.gauge(PINGED)).isEqualTo(places);
        assertThat(n1.counted).as("and tells of the others").containsEntry("sipring_sip_nat_unpinged_total", 10);
    }

    @Test
    void theNodeTellsHowManyArePinged() {
        Phone carol = world.tcp("carol", "192.0.2.3").behindNat();
        assertThat(n1.gauge(PINGED)).isZero();
        register(bob, ALIVE);
        register(carol, ALIVE);
        register(bob, ALIVE);
        assertThat(n1.gauge(PINGED)).as("a phone that registers again is one").isEqualTo(2);
        carol.hangUpConnection(n1);
        world.pass(ProxyNode.NAT_PINGS);
        assertThat(n1.gauge(PINGED)).as("a connection is closed").isEqualTo(1);
        world.pass(Duration.ofSeconds(ALIVE));
        assertThat(n1.gauge(PINGED)).as("a binding has expired").isZero();
    }

    @Test
    void noneArePingedWhereTheOperatorWantsNone() {
        NatPings pings = new NatPings(n1, NatPinging.of(Duration.ZERO, n1));
        SipMessage request = request(bob, ALIVE, edit -> edit);
        pings.registered(bob.flowAt(n1), bob.aor(), request, Responses.of(request, 200, "OK", "tag"));
        assertThat(pings(bob)).isEmpty();
    }
}
