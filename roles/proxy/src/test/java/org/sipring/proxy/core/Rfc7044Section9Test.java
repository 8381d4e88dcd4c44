package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.foreign.Peers;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Where a request has been sent: RFC 7044 sections 9 and 10. Alice is at n1, Bob's phones are anywhere. */
final class Rfc7044Section9Test {
    private static final String HISTORY = "History-Info";
    private static final String ASKED = "<sip:bob@sipring.test>;index=1";
    private static final String NOBODY = "<sip:anonymous@anonymous.invalid>";
    private static final Trunk CARRIER = carrier(Set.of(HISTORY));

    private final World world = world(CARRIER);
    private final Phone alice = world.udp("alice", "192.0.2.1");

    private static World world(Trunk trunk) {
        return new World(
                EdgeNames.Style.NAME,
                2,
                new ForeignPolicy(Peers.of(List.of("example.com")), Peers.of(List.of("example.com")), List.of(trunk)),
                true);
    }

    private static Trunk carrier(Set<String> headers) {
        return new Trunk(
                "carrier",
                Peers.of(List.of("198.51.100.1")),
                Optional.empty(),
                Set.of(Transport.UDP),
                SipUri.parse("sip:198.51.100.1:5070").orElseThrow(),
                Pattern.compile("[+][0-9]+"),
                headers);
    }

    @BeforeEach
    void register() {
        world.register(alice, "n1");
    }

    private Phone bob(int host, String node, double q) {
        Phone bob = world.udp("bob", "192.0.2." + host);
        world.register(bob, node, q);
        return bob;
    }

    private SipMessage invite(String... headers) {
        MessageBuilder edit = alice.invite("bob").edit();
        for (int i = 0; i < headers.length; i += 2) {
            edit.set(headers[i], headers[i + 1]);
        }
        return edit.build();
    }

    private void send(Phone from, SipMessage request) {
        from.send(world.node("n1"), request);
        world.settle();
    }

    private void calls(String... headers) {
        send(alice, invite(headers));
    }

    private void answers(Phone phone, int status, String... header) {
        phone.answer(phone.heard.get(0), status, header);
        world.settle();
    }

    private static String contact(Phone phone, String rest) {
        return '<' + phone.contact() + rest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aPhoneSeesWhichAddressWasCalled(String node) {
        Phone bob = bob(2, node, 1);
        calls();
        assertThat(bob.last().headers(HISTORY)).containsExactly(ASKED, contact(bob, ">;index=1.1;rc=1"));
    }

    @Test
    void phonesThatRingTogetherHaveNumbersOfTheirOwnAndAreNotToldOfEachOther() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        calls();
        assertThat(mobile.last().headers(HISTORY)).containsExactly(ASKED, contact(mobile, ">;index=1.1;rc=1"));
        assertThat(desk.last().headers(HISTORY)).containsExactly(ASKED, contact(desk, ">;index=1.2;rc=1"));
    }

    @Test
    void whoIsCalledNextIsToldWhoRefusedBeforeAndWhy() {
        Phone desk = bob(2, "n1", 0.5);
        Phone mobile = bob(3, "n2", 1);
        calls();
        answers(mobile, 486);
        assertThat(desk.last().headers(HISTORY))
                .containsExactly(
                        ASKED,
                        contact(mobile, "?Reason=SIP%3Bcause%3D486>;index=1.1;rc=1"),
                        contact(desk, ">;index=1.2;rc=1"));
    }

    @Test
    void whoRangLongEnoughCountsAsSilent() {
        Phone desk = bob(2, "n1", 0.5);
        Phone mobile = bob(3, "n1", 1);
        calls();
        answers(mobile, 180);
        world.pass(ProxyNode.RINGING.round());
        assertThat(desk.last().headers(HISTORY))
                .containsExactly(
                        ASKED,
                        contact(mobile, "?Reason=SIP%3Bcause%3D408>;index=1.1;rc=1"),
                        contact(desk, ">;index=1.2;rc=1"));
    }

    /** Its flows lead to one phone, which is one target. */
    @Test
    void aPhoneThatIsReachedByItsNextFlowHasOneNumber() {
        Phone bob = world.tcp("bob", "192.0.2.2");
        world.registerFlow(bob, "n2", 1);
        world.registerFlow(bob, "n1", 2);
        bob.hangUpConnection(world.node("n1"));
        calls();
        assertThat(bob.last().headers(HISTORY)).containsExactly(ASKED, contact(bob, ">;index=1.1;rc=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "header", "session", "id;History"})
    void whoWantsPrivacyIsNotShownToPhones(String privacy) {
        Phone desk = bob(2, "n1", 0.5);
        Phone mobile = bob(3, "n1", 1);
        calls("Privacy", privacy);
        answers(mobile, 486);
        assertThat(desk.last().headers(HISTORY))
                .containsExactly(
                        NOBODY + ";index=1",
                        "<sip:anonymous@anonymous.invalid?Reason=SIP%3Bcause%3D486>;index=1.1;rc=1",
                        contact(desk, ">;index=1.2;rc=1"));
    }

    /** RFC 3323 section 5: what can be hidden may be asked for as critical. */
    @Test
    void privacyOfTheHistoryMayBeCritical() {
        Phone bob = bob(2, "n1", 1);
        calls("Privacy", "history;critical");
        assertThat(bob.last().headers(HISTORY)).containsExactly(NOBODY + ";index=1", contact(bob, ">;index=1.1;rc=1"));
    }

    @Test
    void whatAPhoneSaysOfItsHistoryCountsForNothing() {
        Phone bob = bob(2, "n1", 1);
        calls(HISTORY, "<sip:boss@sipring.test>;index=1, <sip:bob@sipring.test>;index=1.1");
        assertThat(bob.last().headers(HISTORY)).containsExactly(ASKED, contact(bob, ">;index=1.1;rc=1"));
    }

    @Test
    void requestsWithinADialogSayNothing() {
        Phone bob = bob(2, "n2", 1);
        calls("Supported", "histinfo");
        answers(bob, 200);
        send(alice, alice.within(alice.last(), "INFO", 2));
        assertThat(bob.last().method()).isEqualTo("INFO");
        assertThat(bob.last().headers(HISTORY)).isEmpty();
    }

    @Test
    void aCallerThatSupportsItIsToldWhereItsCallWent() {
        Phone desk = bob(2, "n1", 0.5);
        Phone mobile = bob(3, "n2", 1);
        calls("Supported", "replaces, histinfo");
        assertThat(alice.last().status()).isEqualTo(100);
        assertThat(alice.last().headers(HISTORY)).isEmpty();
        answers(mobile, 180);
        assertThat(alice.last().headers(HISTORY)).containsExactly(ASKED, contact(mobile, ">;index=1.1;rc=1"));
        answers(mobile, 486);
        answers(desk, 200);
        assertThat(alice.last().headers(HISTORY))
                .containsExactly(
                        ASKED,
                        contact(mobile, "?Reason=SIP%3Bcause%3D486>;index=1.1;rc=1"),
                        contact(desk, ">;index=1.2;rc=1"));
    }

    @Test
    void aCallerThatSupportsItIsToldWhyNobodyAnswered() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        calls("Supported", "histinfo");
        answers(mobile, 480);
        answers(desk, 486);
        assertThat(alice.last().headers(HISTORY))
                .containsExactly(
                        ASKED,
                        contact(mobile, "?Reason=SIP%3Bcause%3D480>;index=1.1;rc=1"),
                        contact(desk, "?Reason=SIP%3Bcause%3D486>;index=1.2;rc=1"));
    }

    @Test
    void aPhoneThatWantsPrivacyInItsAnswerIsNotShownToTheCaller() {
        Phone desk = bob(2, "n1", 0.5);
        Phone mobile = bob(3, "n1", 1);
        calls("Supported", "histinfo");
        answers(mobile, 486, "Privacy", "history");
        answers(desk, 200, "Privacy", "history");
        assertThat(alice.last().headers(HISTORY))
                .containsExactly(
                        ASKED,
                        "<sip:anonymous@anonymous.invalid?Reason=SIP%3Bcause%3D486>;index=1.1;rc=1",
                        NOBODY + ";index=1.2;rc=1");
    }

    @Test
    void whatAPhoneAnswersOfItsHistoryCountsForNothing() {
        Phone bob = bob(2, "n1", 1);
        calls("Supported", "histinfo");
        answers(bob, 200, HISTORY, "<sip:boss@sipring.test>;index=1");
        assertThat(alice.last().headers(HISTORY)).containsExactly(ASKED, contact(bob, ">;index=1.1;rc=1"));
    }

    @Test
    void aTrunkThatMayTellItTellsWhereItSentTheCall() {
        Phone carrier = world.udp("carrier", "198.51.100.1");
        send(alice, dialled("Supported", "histinfo"));
        String further = "<sip:+31201234567@sipring.test>;index=1, <sip:x@carrier.example>;index=1.1.1";
        answers(carrier, 180);
        assertThat(alice.last().headers(HISTORY))
                .containsExactly(
                        "<sip:+31201234567@sipring.test>;index=1",
                        "<sip:+31201234567@198.51.100.1:5070>;index=1.1;rc=1");
        answers(carrier, 200, HISTORY, further);
        assertThat(alice.last().header(HISTORY)).contains(further);
    }

    @Test
    void aCallerThatDoesNotSupportItIsToldNothing() {
        Phone bob = bob(2, "n1", 1);
        calls();
        answers(bob, 200);
        assertThat(alice.last().headers(HISTORY)).isEmpty();
    }

    @Test
    void anotherDomainIsToldNothingAndTellsNothing() {
        Phone carol = world.udp("carol", "203.0.113.1");
        world.others.publish("_sip._udp.example.com", carol.address);
        send(
                alice,
                alice.request("INVITE", "sip:carol@example.com")
                        .add("Proxy-Authorization", "Digest realm=sipring.test")
                        .build());
        assertThat(carol.last().method()).isEqualTo("INVITE");
        assertThat(carol.last().headers(HISTORY)).isEmpty();
        Phone bob = bob(2, "n1", 1);
        send(
                carol,
                carol.request("INVITE", "sip:bob@sipring.test")
                        .set("From", "<sip:carol@example.com>;tag=c")
                        .set("Call-ID", "2")
                        .add("Supported", "histinfo")
                        .add(HISTORY, "<sip:x@example.com>;index=1")
                        .build());
        assertThat(bob.last().headers(HISTORY)).containsExactly(ASKED, contact(bob, ">;index=1.1;rc=1"));
        answers(bob, 200);
        assertThat(carol.last().status()).isEqualTo(200);
        assertThat(carol.last().headers(HISTORY)).isEmpty();
    }

    private SipMessage fromCarrier(Phone carrier, String history) {
        return carrier.request("INVITE", "sip:bob@sipring.test")
                .set("From", "<sip:x@carrier.example>;tag=c")
                .add(HISTORY, history)
                .build();
    }

    @Test
    void theHistoryOfATrunkThatMayTellItGoesOn() {
        Phone bob = bob(2, "n2", 1);
        Phone carrier = world.udp("carrier", "198.51.100.1");
        send(carrier, fromCarrier(carrier, "<sip:x@carrier.example>;index=1, <sip:bob@sipring.test>;index=1.1;mp=1"));
        assertThat(bob.last().headers(HISTORY))
                .containsExactly(
                        "<sip:x@carrier.example>;index=1",
                        "<sip:bob@sipring.test>;index=1.1;mp=1",
                        contact(bob, ">;index=1.1.1;rc=1.1"));
    }

    /** RFC 7044 section 10.3: the 0 stands for who did not say where it sent the request. */
    @Test
    void aGapInTheHistoryIsShown() {
        Phone bob = bob(2, "n1", 1);
        Phone carrier = world.udp("carrier", "198.51.100.1");
        send(carrier, fromCarrier(carrier, "<sip:x@carrier.example>;index=1.1.2"));
        assertThat(bob.last().headers(HISTORY))
                .containsExactly(
                        "<sip:x@carrier.example>;index=1.1.2",
                        "<sip:bob@sipring.test>;index=1.1.2.0",
                        contact(bob, ">;index=1.1.2.0.1;rc=1.1.2.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<sip:x@carrier.example>", "<sip:x@carrier.example>;index=1.x", "nonsense"})
    void aHistoryThatCannotBeReadBeginsAnew(String history) {
        Phone bob = bob(2, "n1", 1);
        Phone carrier = world.udp("carrier", "198.51.100.1");
        send(carrier, fromCarrier(carrier, history));
        assertThat(bob.last().headers(HISTORY)).containsExactly(ASKED, contact(bob, ">;index=1.1;rc=1"));
    }

    @Test
    void anEntryThatIsPrivateIsNotShownToPhones() {
        Phone bob = bob(2, "n1", 1);
        Phone carrier = world.udp("carrier", "198.51.100.1");
        send(
                carrier,
                fromCarrier(
                        carrier,
                        "<sip:x@carrier.example?Reason=SIP%3Bcause%3D302&Privacy=history>;index=1, "
                                + "<sip:bob@sipring.test>;index=1.1"));
        assertThat(bob.last().headers(HISTORY).get(0)).isEqualTo(NOBODY + ";index=1");
        assertThat(bob.last().headers(HISTORY).get(1)).isEqualTo("<sip:bob@sipring.test>;index=1.1");
    }

    private SipMessage dialled(String... headers) {
        MessageBuilder edit = alice.invite("+31201234567").edit();
        for (int i = 0; i < headers.length; i += 2) {
            edit.set(headers[i], headers[i + 1]);
        }
        return edit.build();
    }

    @Test
    void aTrunkThatMayKnowIsToldWhatWasDialled() {
        Phone carrier = world.udp("carrier", "198.51.100.1");
        send(alice, dialled());
        assertThat(carrier.last().headers(HISTORY))
                .containsExactly(
                        "<sip:+31201234567@sipring.test>;index=1",
                        "<sip:+31201234567@198.51.100.1:5070>;index=1.1;rc=1");
        send(alice, dialled("Privacy", "history", "Call-ID", "2"));
        assertThat(carrier.last().headers(HISTORY))
                .containsExactly(NOBODY + ";index=1", "<sip:+31201234567@198.51.100.1:5070>;index=1.1;rc=1");
    }

    @Test
    void aTrunkThatMayNotKnowIsToldNothing() {
        World other = world(carrier(Set.of()));
        Phone caller = other.udp("alice", "192.0.2.1");
        Phone carrier = other.udp("carrier", "198.51.100.1");
        other.register(caller, "n1");
        caller.send(other.node("n1"), dialled());
        other.settle();
        assertThat(carrier.last().method()).isEqualTo("INVITE");
        assertThat(carrier.last().headers(HISTORY)).isEmpty();
    }

    @Test
    void nothingIsSaidWhereTheOperatorDoesNotWantIt() {
        World silent = World.of(1);
        Phone caller = silent.udp("alice", "192.0.2.1");
        Phone bob = silent.udp("bob", "192.0.2.2");
        silent.register(bob, "n1");
        caller.send(silent.node("n1"), invite("Supported", "histinfo"));
        silent.settle();
        assertThat(bob.last().headers(HISTORY)).isEmpty();
        bob.answer(bob.last(), 200);
        silent.settle();
        assertThat(caller.last().headers(HISTORY)).isEmpty();
    }
}
