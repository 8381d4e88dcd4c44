package org.sipring.sip.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.sip.torture.Rfc4475Section311ValidTest.parsed;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.Via;
import org.sipring.testkit.torture.Rfc5118;
import org.sipring.testkit.torture.TortureMessage;

/** RFC 5118 section 4: what messages with IPv6 addresses mean. */
final class Rfc5118Test {
    private static SipUri asked(TortureMessage message) {
        return parsed(message).requestSipUri().orElseThrow();
    }

    @Test
    void aReferenceIsAHost() {
        SipMessage register = parsed(Rfc5118.REFERENCE);
        assertThat(asked(Rfc5118.REFERENCE).host()).isEqualTo("[2001:db8::77]");
        assertThat(register.topVia().host()).isEqualTo("[2001:db8::a:1]");
        assertThat(register.contacts()
                        .orElseThrow()
                        .get(0)
                        .sipUri()
                        .orElseThrow()
                        .host())
                .isEqualTo("[2001:db8::5]");
    }

    @Test
    void whatIsInTheBracketsIsNoPort() {
        assertThat(asked(Rfc5118.PORT_IN_THE_BRACKETS).port()).isEqualTo(-1);
        assertThat(asked(Rfc5118.PORT_IN_THE_BRACKETS).address())
                .contains(new InetSocketAddress("2001:db8::77:5070", 5060));
        assertThat(asked(Rfc5118.PORT_BEHIND_THE_BRACKETS).address())
                .contains(new InetSocketAddress("2001:db8::77", 5070));
    }

    @Test
    void receivedIsReadWithBracketsAndWithout() {
        assertThat(parsed(Rfc5118.RECEIVED_WITH_BRACKETS).topVia().params().value("received"))
                .contains("[2001:db8::a:255]");
        assertThat(parsed(Rfc5118.RECEIVED_WITHOUT_BRACKETS).topVia().params().value("received"))
                .contains("2001:db8::a:255");
    }

    @Test
    void receivedIsWrittenWithoutBrackets() {
        SipMessage noted = parsed(Rfc5118.RECEIVED_WITH_BRACKETS)
                .edit()
                .topViaReceivedRport("2001:db8::9", 5060)
                .build();
        assertThat(noted.topVia().params().value("received")).contains("2001:db8::9");
    }

    @Test
    void bothFamiliesMayBeInOneMessage() {
        SipMessage bye = parsed(Rfc5118.BOTH_FAMILIES_IN_HEADERS);
        assertThat(bye.headers("Via").stream()
                        .map(via -> Via.parse(via).orElseThrow().sentBy()))
                .containsExactly("127.0.0.1:5060", "[2001:db8::a:1]:6050", "192.0.2.9");
        assertThat(parsed(Rfc5118.BOTH_FAMILIES_IN_SDP).body()).asString().contains("IN IP6", "IN IP4");
        assertThat(parsed(Rfc5118.ADDRESS_IN_SDP).body()).asString().contains("c=IN IP6 2001:db8::5");
    }

    @Test
    void anIpv4AddressMayBeMapped() {
        SipMessage invite = parsed(Rfc5118.MAPPED_IPV4);
        assertThat(invite.topVia().host()).isEqualTo("[::ffff:127.0.0.1]");
        assertThat(invite.contacts().orElseThrow().get(0).sipUri().orElseThrow().address())
                .contains(new InetSocketAddress("192.0.2.5", 5060));
    }

    @Test
    void theColonTooManyOfRfc3261IsBorneAndNotPassedOn() {
        assertThat(asked(Rfc5118.THREE_COLONS).address())
                .isPresent()
                .isEqualTo(asked(Rfc5118.TWO_COLONS).address());
        assertThat(asked(Rfc5118.THREE_COLONS)).hasToString("sip:grace@[2001:db8::192.0.2.77]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "1:2:3:4:5:6:7:8",
                "1:2:3::6:7:8",
                "1:2:3:4:5:6:1.2.3.4",
                "::255.255.255.255",
                "FE80::ABCD"
            })
    void anAddressIsTaken(String address) {
        assertThat(SipUri.parse("sip:[" + address + ']')).isPresent();
        assertThat(SipUri.parse("sip:[" + address + ']').flatMap(SipUri::address))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "1::2::3",
                "1:::2",
                "12345::",
                ":1:2:3:4:5:6:7",
                "1.2.3.4::",
                "::1.2.3",
                "::1.2.3.256",
                "::1.2.3.4:5",
                "1.2.3.4",
                "g::",
                "fe80::1%eth0"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(SipUri.parse("sip:[" + text + ']')).isEmpty();
    }
}
