package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, CSeq and Via. */
class AddressesTest {
    /** RFC 3261 section 20.10. */
    @Test
    void givesParametersOfABareAddressToTheHeader() {
        NameAddr bare = NameAddr.parse("sip:a@h;tag=1").orElseThrow();
        assertThat(bare.uri()).isEqualTo("sip:a@h");
        assertThat(bare.tag()).contains("1");
    }

    /** RFC 3261 section 20.10. */
    @Test
    void keepsParametersInBracketsInTheUri() {
        NameAddr address =
                NameAddr.parse("\"A \\\"q\\\" <B>\" <sip:a@h;lr>;q=0.5").orElseThrow();
        assertThat(address.display()).isEqualTo("\"A \\\"q\\\" <B>\"");
        assertThat(address.sipUri().orElseThrow().lr()).isTrue();
        assertThat(address.q()).hasValue(0.5);
        assertThat(address).hasToString("\"A \\\"q\\\" <B>\" <sip:a@h;lr>;q=0.5");
    }

    /** RFC 3261 section 20.10. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "<>", "<sip:a@h", "sip:", "\"A <sip:a@h>", "\"A\" sip:a@h", "< sip:a@h >", "sip:a@h?x=y"
            })
    void refusesMalformedAddresses(String text) {
        assertThat(NameAddr.parse(text)).isEmpty();
    }

    /** RFC 3261 section 20.10. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "x", "1.5", "0.1234", ""})
    void ignoresAMalformedPreference(String q) {
        assertThat(NameAddr.parse("<sip:a@h>").orElseThrow().with("q", q).q()).isEmpty();
    }

    /** RFC 3261 section 20.42. */
    @Test
    void readsAViaWithBlanksWhereverTheyMayBe() {
        Via via = Via.parse("SIP  / 2.0 \t/ UDP   Spindle.example.com : 5061 ; branch = z9hG4bK-1 ; ttl=3; rport")
                .orElseThrow();
        assertThat(via.transport()).isEqualTo("UDP");
        assertThat(via.sentBy()).isEqualTo("Spindle.example.com:5061");
        assertThat(via.branch()).contains("z9hG4bK-1");
        assertThat(via.params().has("rport")).isTrue();
    }

    /** RFC 3261 section 20.42. */
    @Test
    void readsAViaOfIpv6() {
        Via via = Via.parse("SIP/2.0/TLS [2001:db8::9]:5061;branch=z9hG4bKas3-111;received=2001:db8::9")
                .orElseThrow();
        assertThat(via.host()).isEqualTo("[2001:db8::9]");
        assertThat(via.port()).isEqualTo(5061);
        assertThat(via.params().value("received")).contains("2001:db8::9");
    }

    /** RFC 3261 section 20.42. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SIP/2.0/UDP",
                "SIP/2.0/ h",
                "SIP/3.0/UDP h",
                "SIP/2.0/UDPh",
                "SIP/2.0/UDP h:0",
                "SIP/2.0/UDP h;=1",
                "SIP/2.0/UDP a b"
            })
    void refusesMalformedVias(String text) {
        assertThat(Via.parse(text)).isEmpty();
    }

    /** RFC 3261 section 20.16. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "INVITE", "2147483648 INVITE", "-1 INVITE", "1 IN VITE", "36893488147419103232 INVITE"})
    void refusesMalformedCSeqs(String text) {
        assertThat(CSeq.parse(text)).isEmpty();
    }
}
