package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** RFC 4475 sections 3.1 to 3.4 and RFC 5118, in messages of our own: what a proxy makes of the sound ones. */
final class Rfc4475ProxyTest {
    private static final String BOB = "sip:bob@sipring.test";

    private final World world = World.of(1);
    private final ProxyNode proxy = world.node("n1");
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    @BeforeEach
    void bobIsThere() {
        world.register(bob, "n1");
    }

    private SipMessage answer(MessageBuilder request) {
        alice.send(proxy, request.build());
        world.settle();
        return alice.last();
    }

    private int status(MessageBuilder request) {
        return answer(request).status();
    }

    private MessageBuilder toBob(String method) {
        return alice.request(method, BOB).add("Proxy-Authorization", "Digest x=y");
    }

    private SipMessage forwarded(MessageBuilder request) {
        alice.send(proxy, request.build());
        world.settle();
        assertThat(bob.heard).as(alice.heard.toString()).hasSize(1);
        return bob.last();
    }

    /** Section 3.1.1.2. */
    @Test
    void anUnknownMethodIsForwarded() {
        assertThat(forwarded(toBob("!odd-Method.0*+`%_'~")).method()).isEqualTo("!odd-Method.0*+`%_'~");
    }

    /** Section 3.1.1.5: the platform itself is no user, and a percent sign in a method escapes nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"OPT%49ONS", "R%45GISTER", "FROBNICATE", "options"})
    void anUnknownMethodForThePlatformItselfIsAnswered501(String method) {
        assertThat(status(alice.request(method, "sip:sipring.test"))).isEqualTo(501);
        assertThat(proxy.registers).isZero();
    }

    /** Section 3.1.1.11. */
    @Test
    void aBodyIsForwardedByteByByte() {
        byte[] body = {'-', '-', 'x', '\r', '\n', 0, -1, '\r', '\r', '\n', '\n', 0x7f};
        assertThat(forwarded(toBob("MESSAGE")
                                .add("Content-Type", "multipart/mixed;boundary=x")
                                .body(body))
                        .body())
                .isEqualTo(body);
    }

    /** Section 3.1.2.12 and RFC 3261 section 16.3 step 1. */
    @Test
    void aMalformedDateIsForwardedUntouched() {
        String date = "Thu, 01 Jan 2026 09:30:00 CET";
        assertThat(forwarded(toBob("INVITE").add("Date", date)).header("Date")).contains(date);
    }

    /** Sections 3.3.2 and 3.3.3. */
    @ParameterizedTest
    @ValueSource(strings = {"gopherphone:extension-12", "ldap://192.0.2.9:389/o=Bob", "tel:+31205550100"})
    void aRequestUriOfAnotherSchemeIsAnswered416(String uri) {
        assertThat(status(alice.request("OPTIONS", uri).add("Proxy-Authorization", "Digest x=y")))
                .isEqualTo(416);
    }

    /** Section 3.3.4: a proxy minds only the Request-URI. */
    @Test
    void otherSchemesInHeadersAreForwarded() {
        SipMessage heard = forwarded(toBob("MESSAGE")
                .set("To", "<urn:isbn:0451450523>")
                .set("From", "<ftp://alice.example.com>;tag=1")
                .set("Contact", "<news:comp.protocols.sip>"));
        assertThat(heard.to().uri()).isEqualTo("urn:isbn:0451450523");
    }

    /** Section 3.3.4: a registrar needs an address-of-record. */
    @Test
    void aRegisterForNoSipAddressIsAnswered400AndForgotten() {
        SipMessage answer = answer(alice.request("REGISTER", "sip:sipring.test").set("To", "<urn:isbn:0451450523>"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("To Needs A SIP URI");
        assertThat(proxy.registers).isZero();
        assertThat(proxy.transactions()).isZero();
    }

    /** Section 3.3.5: a proxy minds Proxy-Require. */
    @Test
    void aProxyNamesTheExtensionsThatItDoesNotKnow() {
        SipMessage answer = answer(toBob("OPTIONS")
                .add("Require", "levitation, telepathy")
                .add("Proxy-Require", "teleportation, alchemy"));
        assertThat(answer.status()).isEqualTo(420);
        assertThat(answer.headers("Unsupported")).containsExactly("teleportation", "alchemy");
        assertThat(bob.heard).isEmpty();
    }

    /** Section 3.3.5: Require is the callee's affair, and the platform's when it is asked itself. */
    @Test
    void requireIsForwardedAndHeldOnlyToTheOneWhoIsAsked() {
        assertThat(forwarded(toBob("OPTIONS").add("Require", "levitation")).headers("Require"))
                .containsExactly("levitation");
        SipMessage answer =
                answer(alice.request("OPTIONS", "sip:sipring.test").add("Require", "levitation, Path, telepathy"));
        assertThat(answer.status()).isEqualTo(420);
        assertThat(answer.headers("Unsupported")).containsExactly("levitation", "telepathy");
        assertThat(status(alice.request("OPTIONS", "sip:sipring.test").add("Require", "path, outbound")))
                .isEqualTo(200);
    }

    /** Sections 3.3.6 and 3.3.15: content and offers are between the two phones. */
    @Test
    void unknownContentAndUnacceptableOffersAreForwarded() {
        SipMessage heard = forwarded(toBob("INVITE")
                .add("Content-Type", "application/x-runes")
                .add("Accept", "text/x-hieroglyphs")
                .body(new byte[] {1, 2, 3}));
        assertThat(heard.header("Content-Type")).contains("application/x-runes");
        assertThat(heard.header("Accept")).contains("text/x-hieroglyphs");
        assertThat(heard.body()).hasSize(3);
    }

    /** Section 3.3.10: where a response goes is known from its request, never from a Via. */
    @Test
    void aBroadcastViaIsNobodysAddress() {
        Phone everybody = world.udp("everybody", "255.255.255.255", 5060);
        SipMessage heard = forwarded(toBob("INVITE"));
        SipMessage stray = Responses.of(heard, 200, "OK", "t")
                .edit()
                .set("Via", "SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKunknown")
                .add("Via", "SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKeverybody")
                .build();
        bob.send(proxy, stray);
        bob.send(
                proxy,
                stray.edit()
                        .set("Via", heard.headers("Via").get(0))
                        .add("Via", "SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKeverybody")
                        .build());
        alice.send(
                proxy,
                toBob("OPTIONS")
                        .set("Via", "SIP/2.0/UDP 255.255.255.255:5070;branch=z9hG4bK7")
                        .build());
        world.settle();
        assertThat(everybody.heard).isEmpty();
        assertThat(alice.statuses()).startsWith(100, 200);
    }

    /** Section 3.3.11: a proxy must not forward, and who is asked answers as ever. */
    @Test
    void noForwardsAreNeededWhereTheWayEnds() {
        assertThat(status(toBob("OPTIONS").maxForwards(0))).isEqualTo(483);
        assertThat(status(alice.request("MESSAGE", "sip:bob@example.com").maxForwards(0)))
                .isEqualTo(483);
        assertThat(status(alice.request("OPTIONS", "sip:sipring.test").maxForwards(0)))
                .isEqualTo(200);
        assertThat(status(alice.request("REGISTER", "sip:sipring.test").maxForwards(0)))
                .isEqualTo(200);
        assertThat(bob.heard).isEmpty();
    }

    /** Section 3.4.1. */
    @Test
    void anInviteOfRfc2543IsForwardedAndAnswered() {
        SipMessage old = toBob("INVITE")
                .set("Via", "SIP/2.0/UDP 192.0.2.1:5070")
                .set("From", "<sip:alice@sipring.test>")
                .remove("Max-Forwards")
                .build();
        SipMessage heard = forwarded(old.edit());
        assertThat(heard.maxForwards()).hasValue(70);
        assertThat(heard.from().tag()).isEmpty();
        alice.send(proxy, old);
        bob.answer(heard, 200);
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(alice.statuses()).contains(200);
    }

    /** RFC 5118 sections 4.1 to 4.4: IPv6 has many texts for one address. */
    @ParameterizedTest
    @CsvSource({
        "sip:[2001:db8::77], true",
        "sip:[2001:DB8:0:0::77]:5060, true",
        "sip:[2001:db8::77]:5070, false",
        "sip:[2001:db8::77:5070], false"
    })
    void aNodeKnowsItsIpv6Address(String uri, boolean here) {
        OurUris uris = new OurUris(world.names, new ProxyNode(world, new NodeId("n6"), "2001:db8::77"));
        assertThat(uris.answersFor(SipUri.parse(uri).orElseThrow())).isEqualTo(here);
    }
}
