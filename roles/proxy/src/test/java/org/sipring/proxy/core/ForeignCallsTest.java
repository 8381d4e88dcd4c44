package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** Calls to other domains and from them, as far as the policy allows. */
final class ForeignCallsTest {
    private static final String CAROL = "sip:carol@example.com";

    private final World world = new World(
            EdgeNames.Style.NAME, 2, Others.policy(List.of("example.com"), List.of("example.com", "203.0.113.0/24")));
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone carol = world.udp("carol", "198.51.100.1");
    private final Phone trusted = world.udp("trusted", "203.0.113.7");

    @BeforeEach
    void publish() {
        world.register(alice, "n1");
        world.others.publish("_sip._udp.example.com", carol.address);
    }

    private void settle() {
        world.settle();
    }

    private MessageBuilder invite(Phone caller, String uri) {
        return caller.request("INVITE", uri);
    }

    private SipMessage toCarol() {
        return invite(alice, CAROL)
                .add("Proxy-Authorization", "Digest realm=sipring.test")
                .build();
    }

    private SipMessage fromCarol() {
        return invite(carol, "sip:alice@sipring.test")
                .set("From", "<sip:carol@example.com>;tag=carol")
                .build();
    }

    private SipMessage send(Phone from, SipMessage request) {
        from.send(world.node("n1"), request);
        settle();
        return from.last();
    }

    /** Carol answers what alice asked her, and alice hears it. */
    private SipMessage answered() {
        send(alice, toCarol());
        carol.answer(carol.last(), 200);
        settle();
        return alice.last();
    }

    @Test
    void ourUserCallsAnotherDomainAndHangsUp() {
        SipMessage ok = answered();
        assertThat(alice.statuses()).containsExactly(100, 200);
        SipMessage invite = carol.last();
        assertThat(invite.requestUri()).isEqualTo(CAROL);
        assertThat(invite.header("Proxy-Authorization")).isEmpty();
        send(alice, alice.within(ok, "ACK", 1));
        send(alice, alice.within(ok, "BYE", 2));
        assertThat(carol.requests()).containsExactly("INVITE", "ACK", "BYE");
        assertThat(carol.last().requestUri()).isEqualTo(carol.contact());
        assertThat(carol.last().routes()).isEmpty();
        carol.answer(carol.last(), 200);
        settle();
        assertThat(alice.statuses()).containsExactly(100, 200, 200);
    }

    @Test
    void theOtherSideDoesNotSayWhoPays() {
        send(alice, toCarol());
        carol.answer(carol.last(), 200, "P-Charging-Vector", "icid-value=1", "P-Charge-Info", "<sip:x@example.com>");
        settle();
        assertThat(alice.last().status()).isEqualTo(200);
        assertThat(alice.last().toString()).doesNotContain("P-Charg");
        send(carol, fromCarol().edit().set("Call-ID", "2").build());
        alice.answer(
                alice.last(), 200, "P-Charging-Vector", "icid-value=1", "P-Asserted-Identity", "<sip:x@example.com>");
        settle();
        assertThat(carol.last().status()).isEqualTo(200);
        assertThat(carol.last().toString()).doesNotContain("P-Charging").doesNotContain("P-Asserted");
    }

    @Test
    void theOtherSideHangsUp() {
        answered();
        SipMessage bye = carol.back(carol.last(), "BYE", 1);
        send(carol, bye);
        assertThat(alice.last().method()).isEqualTo("BYE");
        assertThat(alice.last().requestUri()).isEqualTo(alice.contact());
        alice.answer(alice.last(), 200);
        settle();
        assertThat(carol.statuses()).containsExactly(200);
    }

    @Test
    void anotherDomainCallsOurUserAndEitherHangsUp() {
        send(carol, fromCarol());
        SipMessage invite = alice.last();
        assertThat(invite.method()).isEqualTo("INVITE");
        alice.answer(invite, 200);
        settle();
        SipMessage ok = carol.last();
        send(carol, carol.within(ok, "ACK", 1));
        assertThat(alice.last().method()).isEqualTo("ACK");
        send(alice, alice.back(invite, "INFO", 1));
        assertThat(carol.last().method()).isEqualTo("INFO");
        send(carol, carol.within(ok, "BYE", 2));
        assertThat(alice.last().method()).isEqualTo("BYE");
    }

    @Test
    void aCallOutlivesTheNodeThatSetItUp() {
        SipMessage ok = answered();
        SipMessage invite = carol.last();
        world.kill("n1");
        world.show();
        alice.send(world.node("n2"), alice.within(ok, "INFO", 2));
        settle();
        assertThat(carol.last().method()).isEqualTo("INFO");
        carol.send(world.node("n2"), carol.back(invite, "BYE", 1));
        settle();
        assertThat(alice.last().method()).isEqualTo("BYE");
    }

    @Test
    void theWayBackGoesThroughTheOtherSidesProxy() {
        Phone gateway = world.udp("gateway", "198.51.100.9");
        world.others.publish("_sip._udp.example.com", gateway.address);
        send(alice, toCarol());
        SipMessage invite = gateway.last();
        gateway.recordRoute("<sip:198.51.100.9:5070;lr>").answer(invite, 200);
        settle();
        send(alice, alice.within(alice.last(), "BYE", 2));
        assertThat(gateway.last().method()).isEqualTo("BYE");
        assertThat(gateway.last().headers("Route")).containsExactly("<sip:198.51.100.9:5070;lr>");
        assertThat(gateway.last().requestUri()).isEqualTo(gateway.contact());
    }

    @Test
    void aStrictRouterOfTheOtherSideGetsWhatItWants() {
        Phone gateway = world.udp("gateway", "198.51.100.9");
        world.others.publish("_sip._udp.example.com", gateway.address);
        send(alice, toCarol());
        SipMessage invite = gateway.last();
        gateway.recordRoute("<sip:198.51.100.9:5070>").answer(invite, 200);
        settle();
        send(alice, alice.within(alice.last(), "BYE", 2));
        assertThat(gateway.last().requestUri()).isEqualTo("sip:198.51.100.9:5070");
        assertThat(gateway.last().headers("Route")).containsExactly('<' + gateway.contact() + '>');
    }

    @Test
    void aPhoneThatMovedAndRegisteredGoesOnWithItsCall() {
        SipMessage ok = answered();
        Phone moved = world.udp("alice", "192.0.2.77");
        assertThat(send(moved, alice.within(ok, "INFO", 2)).status()).isEqualTo(403);
        world.register(moved, "n1");
        send(moved, alice.within(ok, "INFO", 3));
        assertThat(carol.last().method()).isEqualTo("INFO");
    }

    // Who may not.

    @Test
    void othersThanTheListedAreNotCalled() {
        SipMessage invite = invite(alice, "sip:carol@example.org")
                .add("Proxy-Authorization", "Digest realm=sipring.test")
                .build();
        assertThat(send(alice, invite).status()).isEqualTo(403);
        for (String uri : List.of(
                "sip:carol@198.51.100.1:5070",
                "sip:carol@sub.example.com",
                "sip:carol@example.com;maddr=198.51.100.1",
                "sip:carol@198.51.100.1;maddr=example.com")) {
            alice.heard.clear();
            MessageBuilder message =
                    alice.request("MESSAGE", uri).add("Proxy-Authorization", "Digest realm=sipring.test");
            assertThat(send(alice, message.build()).status()).as(uri).isEqualTo(403);
        }
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void aCallerOfOursMustProveItself() {
        assertThat(send(alice, invite(alice, CAROL).build()).status()).isEqualTo(407);
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void nothingPassesFromOneOtherDomainToAnother() {
        Phone mallory = world.udp("mallory", "203.0.113.66");
        for (String from : List.of(
                "sip:mallory@example.com",
                "sip:mallory@203.0.113.66",
                "sip:anonymous@anonymous.invalid",
                "tel:+31201234567")) {
            SipMessage invite = invite(mallory, CAROL)
                    .set("From", '<' + from + ">;tag=m")
                    .set("Call-ID", from)
                    .add("Proxy-Authorization", "Digest realm=sipring.test")
                    .build();
            assertThat(send(mallory, invite).status()).as(from).isEqualTo(403);
        }
        assertThat(send(mallory, invite(mallory, CAROL).build()).status()).isEqualTo(407);
        SipMessage routed =
                fromCarol().edit().add("Route", "<sip:198.51.100.1:5070;lr>").build();
        assertThat(send(mallory, routed).status()).isEqualTo(403);
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void whoClaimsADomainOfOursMustProveIt() {
        for (String from : List.of(
                "sip:alice@sipring.test", "sip:alice@SIPRING.test.", "sip:a@n1.sipring.test", "sip:a@10.0.0.2")) {
            SipMessage invite = invite(trusted, "sip:alice@sipring.test")
                    .set("From", '<' + from + ">;tag=t")
                    .build();
            assertThat(send(trusted, invite).status()).as(from).isEqualTo(407);
        }
        assertThat(alice.heard).isEmpty();
    }

    @Test
    void nothingIsKeptOfAStrangerWhoLooksForNobody() {
        carol.send(
                world.node("n1"),
                invite(carol, "sip:nobody@sipring.test")
                        .set("From", "<sip:carol@example.com>;tag=carol")
                        .build());
        world.pass(World.DELAY);
        assertThat(world.node("n1").transactions()).isZero();
        settle();
        assertThat(carol.statuses()).containsExactly(404);
    }

    @Test
    void callersOfUnlistedDomainsMustProveWhoTheyAreUnlessTheirAddressIsListed() {
        SipMessage invite = invite(carol, "sip:alice@sipring.test")
                .set("From", "<sip:carol@example.org>;tag=c")
                .build();
        assertThat(send(carol, invite).status()).isEqualTo(407);
        send(
                trusted,
                invite(trusted, "sip:alice@sipring.test")
                        .set("From", "<sip:carol@example.org>;tag=c")
                        .build());
        assertThat(alice.last().method()).isEqualTo("INVITE");
    }

    @Test
    void noRegisterComesFromOthersNorGoesToThem() {
        assertThat(send(alice, alice.request("REGISTER", "sip:example.com").build())
                        .status())
                .isEqualTo(403);
        send(trusted, trusted.request("REGISTER", "sip:sipring.test").build());
        assertThat(world.node("n1").registers).isEqualTo(1);
    }

    @Test
    void whatOthersAssertIsNotBelieved() {
        send(
                carol,
                fromCarol()
                        .edit()
                        .add("P-Asserted-Identity", "<sip:boss@sipring.test>")
                        .build());
        assertThat(alice.last().method()).isEqualTo("INVITE");
        assertThat(alice.last().header("P-Asserted-Identity")).isEmpty();
    }

    // What a token allows.

    private SipMessage within(SipMessage ok, String uri) {
        return alice.within(ok, "MESSAGE", 2).edit().requestUri(uri).build();
    }

    @Test
    void aTokenLeadsToTheHostThatTheOtherSideNamedAndToNoOther() {
        Phone victim = world.udp("victim", "198.51.100.66");
        SipMessage ok = answered();
        assertThat(send(alice, within(ok, victim.contact())).status()).isEqualTo(403);
        SipMessage routed = alice.within(ok, "MESSAGE", 3)
                .edit()
                .add("Route", "<sip:198.51.100.66:5070;lr>")
                .build();
        assertThat(send(alice, routed).status()).isEqualTo(403);
        alice.send(
                world.node("n1"),
                within(ok, victim.contact()).edit().set("CSeq", "1 ACK").build());
        settle();
        assertThat(victim.heard).isEmpty();
    }

    @Test
    void aTokenIsOfUseToOurPhoneInItsCallOnly() {
        SipMessage ok = answered();
        int heard = carol.heard.size();
        Phone mallory = world.udp("mallory", "203.0.113.66");
        assertThat(send(mallory, alice.within(ok, "MESSAGE", 2)).status()).isEqualTo(403);
        mallory.send(world.node("n1"), alice.within(ok, "ACK", 1));
        SipMessage other =
                alice.within(ok, "MESSAGE", 3).edit().set("Call-ID", "other").build();
        assertThat(send(alice, other).status()).isEqualTo(403);
        SipMessage fresh = alice.within(ok, "MESSAGE", 4)
                .edit()
                .set("To", '<' + CAROL + '>')
                .build();
        assertThat(send(alice, fresh).status()).isEqualTo(403);
        assertThat(carol.heard).hasSize(heard);
    }

    @Test
    void whoCallsUsGetsNoTokenForOthers() {
        Phone victim = world.udp("victim", "198.51.100.66");
        SipMessage call =
                fromCarol().edit().set("Contact", '<' + victim.contact() + '>').build();
        send(carol, call);
        alice.answer(alice.last(), 200);
        settle();
        SipMessage ok = carol.last();
        String foreign = ok.recordRoutes().orElseThrow().get(1).toString();
        String ours = ok.recordRoutes().orElseThrow().get(0).toString();
        for (List<String> routes : List.of(List.of(foreign), List.of(ours, foreign))) {
            MessageBuilder attack = carol.request("MESSAGE", victim.contact())
                    .set("To", "<sip:v@example.com>;tag=x")
                    .set("Call-ID", ok.callId());
            routes.forEach(route -> attack.add("Route", route));
            assertThat(send(carol, attack.build()).status()).isEqualTo(403);
        }
        assertThat(victim.heard).isEmpty();
    }

    @Test
    void aCallGoesToNoHostThatIsNotListedOrSeen() {
        Phone victim = world.udp("victim", "198.51.100.66");
        send(alice, toCarol());
        carol.recordRoute("<sip:198.51.100.66:5070;lr>").answer(carol.last(), 200);
        settle();
        assertThat(send(alice, alice.within(alice.last(), "BYE", 2)).status()).isEqualTo(403);
        assertThat(victim.heard).isEmpty();
    }

    @Test
    void aCallGoesToHostsBelowADomainThatIsListed() {
        Phone proxy = world.udp("proxy", "198.51.100.66");
        world.others.publish("_sip._udp.p1.example.com", proxy.address);
        send(alice, toCarol());
        carol.recordRoute("<sip:p1.example.com;lr>").answer(carol.last(), 200);
        settle();
        send(alice, alice.within(alice.last(), "BYE", 2));
        assertThat(proxy.requests()).containsExactly("BYE");
    }

    @Test
    void whoNamesNobodyMayBeAUserOfOurs() {
        World open = new World(EdgeNames.Style.NAME, 1, Others.policy(List.of(), List.of("*")));
        Phone bob = open.udp("bob", "192.0.2.2");
        open.register(bob, "n1");
        Phone caller = open.udp("caller", "198.51.100.1");
        MessageBuilder call =
                caller.request("INVITE", "sip:bob@sipring.test").set("From", "<sip:anonymous@anonymous.invalid>;tag=x");
        caller.send(open.node("n1"), call.build());
        open.settle();
        assertThat(caller.last().status()).isEqualTo(407);
    }

    @Test
    void whoForwardedACallIsNobodyElsesBusiness() {
        send(carol, fromCarol().edit().add("Diversion", "<sip:x@example.com>").build());
        assertThat(alice.last().header("Diversion")).isEmpty();
        SipMessage call = toCarol()
                .edit()
                .add("History-Info", "<sip:x@sipring.test>;index=1")
                .build();
        send(alice, call);
        assertThat(carol.last().header("History-Info")).isEmpty();
    }

    /** RFC 5393 section 4.2. */
    @Test
    void aLoopIsAnswered482() {
        send(alice, toCarol());
        SipMessage back = carol.last()
                .edit()
                .prepend("Via", "SIP/2.0/UDP 198.51.100.1:5070;branch=z9hG4bKback")
                .remove("Record-Route")
                .build();
        assertThat(send(carol, back).status()).isEqualTo(482);
    }

    @Test
    void aRequestWithoutBreadthIsAnswered440() {
        SipMessage invite = toCarol().edit().set("Max-Breadth", "0").build();
        assertThat(send(alice, invite).status()).isEqualTo(440);
    }

    // A maddr parameter of From leads nowhere; the callee is shown the host.
    @Test
    void whoCallsUnderOurNameProvesItWhateverElseFromSays() {
        for (String from :
                List.of("sip:alice@sipring.test;maddr=example.com", "sip:alice@sipring.test.;maddr=example.com")) {
            SipMessage invite = invite(carol, "sip:alice@sipring.test")
                    .set("From", '<' + from + ">;tag=c")
                    .build();
            assertThat(send(carol, invite).status()).as(from).isEqualTo(407);
        }
    }

    @Test
    void noZoneLeadsToAnotherProgramOfANodesHost() {
        Phone program = world.udp("program", "10.0.0.2", 9464);
        world.others.publish("_sip._udp.example.com", program.address);
        assertThat(send(alice, toCarol()).status()).isGreaterThanOrEqualTo(400);
        assertThat(program.heard).isEmpty();
    }
}
