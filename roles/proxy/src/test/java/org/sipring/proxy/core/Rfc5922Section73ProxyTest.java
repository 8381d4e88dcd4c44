package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.foreign.Peers;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Servers of other domains that speak TLS: RFC 5922 section 7.3. */
final class Rfc5922Section73ProxyTest {
    private static final String CAROL = "carol@example.com";
    private static final Trunk CARRIER = new Trunk(
            "carrier",
            Peers.NOBODY,
            Optional.of("carrier.example"),
            Set.of(Transport.TLS),
            SipUri.parse("sip:sbc.example;transport=tls").orElseThrow(),
            Pattern.compile("[+][0-9]+"),
            Set.of());

    private final World world = new World(
            EdgeNames.Style.NAME,
            1,
            new ForeignPolicy(Peers.of(List.of("example.com")), Peers.of(List.of("example.com")), List.of(CARRIER)));
    private final Phone alice = world.tls("alice", "192.0.2.1").sips();
    private final Phone carol = world.tls("carol", "198.51.100.1");
    private final Phone carrier = world.tls("carrier", "198.51.100.9");

    @BeforeEach
    void publish() {
        world.register(alice, "n1");
        world.others.publish("_sips._tcp.example.com", carol.address);
        carol.proves = Set.of("example.com");
        world.others.publish("_sips._tcp.sbc.example", carrier.address);
        carrier.proves = Set.of("carrier.example");
    }

    private SipMessage send(Phone from, SipMessage request) {
        from.send(world.node("n1"), request);
        world.settle();
        return from.last();
    }

    private SipMessage call(String uri) {
        return proved(alice.request("INVITE", uri)).build();
    }

    private static MessageBuilder proved(MessageBuilder request) {
        return request.add("Proxy-Authorization", "Digest realm=sipring.test");
    }

    /** RFC 5630 section 5.3. */
    @Test
    void aSipsUriIsCalledOverTlsAndTheDialogStaysThere() {
        send(alice, call("sips:" + CAROL));
        SipMessage invite = carol.last();
        assertThat(invite.topVia().transport()).isEqualTo("TLS");
        assertThat(invite.headers("Record-Route").get(0))
                .as("a name that our certificate proves")
                .startsWith("<sips:")
                .endsWith("@sipring.test;transport=tls;lr>");
        carol.sips().answer(invite, 200);
        world.settle();
        SipMessage ok = alice.last();
        send(alice, alice.within(ok, "ACK", 1));
        send(alice, alice.within(ok, "BYE", 2));
        assertThat(carol.requests()).containsExactly("INVITE", "ACK", "BYE");
        assertThat(carol.last().topVia().transport()).isEqualTo("TLS");
        send(carol, carol.back(invite, "INFO", 1));
        assertThat(alice.last().method()).isEqualTo("INFO");
    }

    /** RFC 5630 section 5.3. */
    @Test
    void aSipsUriIsCalledOverNothingElse() {
        Phone clear = world.udp("clear", "198.51.100.2");
        world.others.publish("_sip._udp.example.com", clear.address);
        carol.proves = Set.of("s0._sips._tcp.example.com");
        assertThat(send(alice, call("sips:" + CAROL)).status()).isEqualTo(502);
        assertThat(carol.heard).isEmpty();
        assertThat(clear.heard).isEmpty();
    }

    @Test
    void anImpostorEndsTheSearchAmongServersWithoutTls() {
        Phone clear = world.udp("clear", "198.51.100.1", carol.address.getPort() + 1);
        world.others.publish("_sip._udp.sbc.example", clear.address);
        carrier.proves = Set.of("sbc.example");
        assertThat(send(alice, call("sip:+31201234567@sipring.test")).status())
                .as("the trunk is what it was said to be, not its server's name")
                .isEqualTo(502);
        carrier.proves = Set.of("carrier.example");
        send(
                alice,
                call("sip:+31201234567@sipring.test").edit().set("Call-ID", "2").build());
        assertThat(carrier.last().headers("P-Asserted-Identity")).containsExactly("<sip:alice@sipring.test>");
        assertThat(clear.heard).isEmpty();
    }

    @Test
    void anImpostorSaysNothingOfTheServerThatItStandsFor() {
        Phone second = world.tls("second", "198.51.100.2");
        world.others.publish("_sips._tcp.example.com", carol.address, second.address);
        carol.proves = Set.of("elsewhere.test");
        second.proves = Set.of("example.com");
        send(alice, call("sips:" + CAROL));
        assertThat(second.requests()).containsExactly("INVITE");
        carol.proves = Set.of("example.com");
        send(alice, call("sips:" + CAROL).edit().set("Call-ID", "2").build());
        assertThat(carol.requests()).containsExactly("INVITE");
        assertThat(second.requests()).containsExactly("INVITE");
    }

    @Test
    void aTrunkIsKnownByItsCertificateAndNothingElse() {
        carrier.send(world.node("n1"), asCarrier(carrier));
        world.settle();
        assertThat(alice.last().headers("P-Asserted-Identity")).hasSize(1);
        Phone other = world.tls("other", "198.51.100.10");
        other.proves = Set.of("example.com");
        assertThat(send(other, asCarrier(other)).status()).isEqualTo(407);
        Phone clear = world.udp("clear", "198.51.100.9");
        assertThat(send(clear, asCarrier(clear)).status()).isEqualTo(407);
    }

    private static SipMessage asCarrier(Phone caller) {
        return caller.request("INVITE", "sip:alice@sipring.test")
                .set("From", "<sip:+31201234567@carrier.example>;tag=c")
                .add("P-Asserted-Identity", "<sip:+31201234567@carrier.example>")
                .build();
    }

    /** RFC 5923 section 8. */
    @Test
    void onlyAServerThatProvedWhoItIsMayGiveItsConnection() {
        Phone stranger = world.tls("stranger", "198.51.100.7");
        MessageBuilder options = carol.request("OPTIONS", "sip:sipring.test");
        String alias = "SIP/2.0/TLS 198.51.100.1:5071;branch=z9hG4bKx;alias";
        send(stranger, options.set("Via", alias).build());
        assertThat(world.node("n1").aliases).isEmpty();
        send(carol, options.build());
        assertThat(world.node("n1").aliases).containsOnlyKeys(5071);
    }
}
