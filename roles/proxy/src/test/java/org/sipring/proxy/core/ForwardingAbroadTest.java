package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.NameAddr;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;

/** Calls that Bob forwards to other domains, and through the trunk: as Bob may call, whoever calls him. */
final class ForwardingAbroadTest extends CallRulesWorld {
    private static final String NUMBER = "tel:+31-20-123";
    private static final String DIALLED = "sip:+3120123@198.51.100.1:5070;cause=302";

    private final Phone com = world.udp("com", "203.0.113.1");
    private final Phone net = world.udp("net", "203.0.113.2");
    private final Phone stranger = world.udp("stranger", "203.0.113.66");

    @BeforeEach
    void publish() {
        world.others.publish("_sip._udp.example.com", com.address);
        world.others.host("example.com", com.address.getAddress());
        world.others.publish("_sip._udp.example.net", net.address);
        world.others.host("example.net", net.address.getAddress());
    }

    private SipMessage callFrom(Phone caller, String from) {
        SipMessage invite = caller.request("INVITE", "sip:bob@sipring.test")
                .set("From", '<' + from + ">;tag=" + caller.instance)
                .build();
        send(caller, invite);
        return invite;
    }

    /** RFC 3325 section 5: as for Bob's own calls; From says who calls. */
    @ParameterizedTest
    @ValueSource(strings = {NUMBER, "sip:+3120123@sipring.test", "tel:+3120123;ext=7"})
    void aNumberIsDialledThroughTheTrunkAndWhoForwardsIsAsserted(String to) {
        wishes(bob, always(to));
        calls();
        SipMessage invite = carrier.last();
        assertThat(invite.requestUri()).isEqualTo(DIALLED);
        assertThat(invite.headers("P-Asserted-Identity")).containsExactly("<sip:bob@sipring.test>");
        assertThat(invite.from().uri()).isEqualTo("sip:alice@sipring.test");
        answers(carrier, 200);
        send(alice, alice.within(alice.last(), "BYE", 2));
        assertThat(carrier.last().method()).isEqualTo("BYE");
    }

    /** RFC 4458 section 2. */
    @Test
    void theOtherDomainIsToldThatAndWhyTheCallWasForwardedAndNotByWhom() {
        wishes(bob, busy("sip:voicemail@example.com;target=bob"));
        calls();
        answers(bob, 486);
        SipMessage invite = com.last();
        assertThat(invite.requestUri()).isEqualTo("sip:voicemail@example.com;target=bob;cause=486");
        assertThat(invite.headers(HISTORY)).isEmpty();
        assertThat(invite.headers("P-Asserted-Identity")).isEmpty();
        answers(com, 200);
        assertThat(alice.statuses()).containsExactly(100, 181, 200);
        send(alice, alice.within(alice.last(), "BYE", 2));
        assertThat(com.last().method()).isEqualTo("BYE");
    }

    /** What Bob may call counts, and not what the caller may. */
    @Test
    void aStrangerReachesByBobWhomBobMayCall() {
        wishes(bob, always(NUMBER));
        callFrom(net, "sip:y@example.net");
        assertThat(carrier.last().requestUri()).isEqualTo(DIALLED);
        assertThat(carrier.last().headers("P-Asserted-Identity")).containsExactly("<sip:bob@sipring.test>");
        assertThat(net.statuses()).containsExactly(100, 181);
    }

    /** RFC 3325 section 7. */
    @Test
    void whoWantsToBeAnonymousIsNotNamed() {
        wishes(bob, always(NUMBER));
        calls("From", "<sip:anonymous@anonymous.invalid>;tag=a", "Privacy", "id");
        assertThat(carrier.last().toString()).doesNotContain("alice@sipring.test");
        assertThat(carrier.last().header("Privacy")).contains("id");
    }

    @Test
    void whoCallsThroughATrunkIsForwardedThroughIt() {
        wishes(bob, always(NUMBER));
        SipMessage invite = carrier.request("INVITE", "sip:bob@sipring.test")
                .set("From", "<sip:+44@carrier.example>;tag=c")
                .add("P-Asserted-Identity", "<sip:+44@carrier.example>")
                .build();
        send(carrier, invite);
        assertThat(carrier.requests()).containsExactly("INVITE");
        assertThat(carrier.last().headers("P-Asserted-Identity")).containsExactly("<sip:bob@sipring.test>");
    }

    @Test
    void aCallIsForwardedToNoDomainThatBobMayNotCall() {
        wishes(bob, always("sip:x@example.net"));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 480);
        assertThat(net.heard).isEmpty();
    }

    @Test
    void aTrunkWithNumbersIsReachedByTheseOnly() {
        wishes(bob, always("sip:+3120123@198.51.100.1:5070"));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 480);
        assertThat(carrier.heard).isEmpty();
    }

    /** RFC 5630 section 5.3: the way through the trunk is not encrypted. */
    @Test
    void aCallForASipsUriIsNotDialled() {
        Phone tls = world.tls("alice", "192.0.2.11");
        wishes(bob, always(NUMBER));
        send(
                tls,
                tls.request("INVITE", "sips:bob@sipring.test")
                        .add("Proxy-Authorization", "Digest realm=sipring.test")
                        .build());
        assertThat(tls.last().status()).isEqualTo(480);
        assertThat(carrier.heard).isEmpty();
    }

    /** Whoever calls Bob makes Bob call: no more often than Bob may. */
    @Test
    void whoForwardsIsCountedAsIfItCalled() {
        wishes(bob, always(NUMBER));
        CountedAccounts accounts = world.node("n1").accounts;
        accounts.most = 1;
        accounts.counts("bob@sipring.test");
        calls();
        assertThat(alice.statuses()).containsExactly(100, 480);
        assertThat(carrier.heard).isEmpty();
    }

    @Test
    void theOtherDomainsRefusalIsToldToTheCaller() {
        wishes(bob, always("sip:x@example.com"));
        calls();
        answers(com, 486);
        assertThat(alice.statuses()).containsExactly(100, 181, 486);
    }

    // A call from example.net that is answered at example.com.
    private SipMessage between() {
        wishes(bob, always("sip:x@example.com"));
        callFrom(net, "sip:y@example.net");
        com.answer(com.heard.get(0), 200);
        world.settle();
        assertThat(net.last().status()).isEqualTo(200);
        return net.last();
    }

    /** RFC 3261 section 12.2: both sides end it, at whichever node their requests arrive. */
    @ParameterizedTest
    @CsvSource({"n1, true", "n1, false", "n2, true", "n2, false"})
    void aCallBetweenTwoOtherDomainsGoesOnBetweenThem(String node, boolean callers) {
        SipMessage ok = between();
        net.send(world.node(node), net.within(ok, "ACK", 1));
        world.settle();
        assertThat(com.last().method()).isEqualTo("ACK");
        SipMessage invite = com.heard.get(0);
        Phone sender = callers ? net : com;
        Phone receiver = callers ? com : net;
        sender.send(world.node(node), callers ? net.within(ok, "BYE", 2) : com.back(invite, "BYE", 1));
        world.settle();
        assertThat(receiver.last().method()).isEqualTo("BYE");
        receiver.answer(receiver.last(), 200);
        world.settle();
        assertThat(sender.last().status()).isEqualTo(200);
    }

    @Test
    void nobodyElsePassesByTheRoutesOfACallBetweenTwoOtherDomains() {
        SipMessage bye = net.within(between(), "BYE", 2);
        send(stranger, bye);
        assertThat(stranger.last().status()).isEqualTo(403);
        assertThat(com.requests()).containsExactly("INVITE");
    }

    /** Routes of two calls of one Call-ID and tag do not make a way between the other sides of both. */
    @Test
    void theRoutesOfTwoCallsMakeNoWayBetweenTheirOtherSides() {
        world.others.publish("_sip._udp.evil.example.net", stranger.address);
        SipMessage first = between();
        // The same caller calls Carol, and says that its requests go to another host that may be spoken with.
        SipMessage second = net.request("INVITE", CAROL)
                .set("From", first.header("From").orElseThrow())
                .set("Call-ID", first.callId())
                .set("CSeq", "7 INVITE")
                .set("Contact", "<sip:y@evil.example.net>")
                .build();
        send(net, second);
        NameAddr there = carol.last().recordRoutes().orElseThrow().get(1);
        NameAddr back = first.recordRoutes().orElseThrow().get(1);
        MessageBuilder edit = SipMessage.request("INFO", "sip:x@evil.example.net")
                .add("Via", "SIP/2.0/UDP 203.0.113.2:5070;branch=z9hG4bKmixed")
                .add("Max-Forwards", "70")
                .add("Route", back.toString())
                .add("Route", there.toString())
                .add("From", first.header("From").orElseThrow())
                .add("To", "<sip:x@example.net>;tag=any")
                .add("Call-ID", first.callId())
                .add("CSeq", "9 INFO")
                .add("Content-Length", "0");
        send(net, edit.build());
        assertThat(net.last().status()).isEqualTo(403);
        assertThat(stranger.heard).isEmpty();
    }

    /** RFC 3261 section 16.7 step 8: where the answer wants its requests to go, they go. */
    @Test
    void theOtherSideMayNameAnotherHostOfItsOwn() {
        Phone media = world.udp("media", "203.0.113.3");
        world.others.host("media.example.com", media.address.getAddress());
        wishes(bob, always("sip:x@example.com"));
        callFrom(net, "sip:y@example.net");
        SipMessage ok = Responses.dialogForming(com.heard.get(0), 200, "OK", "com")
                .add("Contact", "<sip:x@media.example.com:5070>")
                .build();
        com.send(world.node("n1"), ok);
        world.settle();
        send(net, net.within(net.last(), "BYE", 2));
        assertThat(media.requests()).containsExactly("BYE");
        send(media, byeFrom(com.heard.get(0), net.last()));
        assertThat(net.requests()).as("its requests come from there, too").contains("BYE");
    }

    private SipMessage byeFrom(SipMessage invite, SipMessage ok) {
        MessageBuilder edit = SipMessage.request(
                        "BYE", invite.contacts().orElseThrow().get(0).uri())
                .add("Via", "SIP/2.0/UDP 203.0.113.3:5070;branch=z9hG4bKmedia")
                .add("Max-Forwards", "70");
        List<NameAddr> routes = ok.recordRoutes().orElse(invite.recordRoutes().orElseThrow());
        routes.forEach(route -> edit.add("Route", route.toString()));
        return edit.add("From", "<sip:bob@sipring.test>;tag=com")
                .add("To", invite.header("From").orElseThrow())
                .add("Call-ID", invite.callId())
                .add("CSeq", "1 BYE")
                .add("Content-Length", "0")
                .build();
    }
}
