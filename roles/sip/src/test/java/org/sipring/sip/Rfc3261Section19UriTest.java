package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 19.1: SIP and SIPS URIs. */
class Rfc3261Section19UriTest {
    private static SipUri uri(String text) {
        return SipUri.parse(text).orElseThrow();
    }

    @Test
    void readsAllComponents() {
        SipUri uri = uri("sips:alice:secret@Example.COM:5061;transport=tcp;lr;maddr=192.0.2.1?subject=x");
        assertThat(uri.secure()).isTrue();
        assertThat(uri.user()).isEqualTo("alice");
        assertThat(uri.host()).isEqualTo("example.com");
        assertThat(uri.port()).isEqualTo(5061);
        assertThat(uri.transport()).contains("TCP");
        assertThat(uri.lr()).isTrue();
        assertThat(uri.maddr()).contains("192.0.2.1");
        assertThat(uri.headers()).isEqualTo("subject=x");
        assertThat(uri).hasToString("sips:alice:secret@Example.COM:5061;transport=tcp;lr;maddr=192.0.2.1?subject=x");
    }

    // Who allows a host and who sends to it must read the same.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1:9",
                "192.0.2.1%3fx%3d:.example.com",
                "192.0.2.1;x",
                "a@b",
                "[2001:db8::1]:5",
                "%20",
                "a/b"
            })
    void aMaddrThatIsNoHostCountsAsAbsent(String maddr) {
        assertThat(SipUri.parse("sip:a@example.com;maddr=" + maddr)
                        .flatMap(SipUri::maddr)
                        .filter(host -> !host.equals("192.0.2.1")))
                .isEmpty();
        assertThat(uri("sip:a@example.com;maddr=Host.Example.COM").maddr()).contains("host.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:h",
                "sip:1.2.3.4",
                "sip:[2001:db8::1]:5060",
                "SIP:a@h",
                "sip:+1-212;phone-context=x@h",
                "sip:a%20b@h",
                "sip:a;b?c@h;d?e=f",
                "sip:*21#@h"
            })
    void accepts(String text) {
        assertThat(SipUri.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:",
                "sip:@h",
                "sip:a@",
                "sip:a@h:",
                "sip:a@h:0",
                "sip:a@h:65536",
                "sip:a@h:x",
                "sip:a b@h",
                "sip:a@h h",
                "sip:a%2@h",
                "sip:a%zz@h",
                "sip:a@h;",
                "sip:a@h?",
                "sip:a@b@h",
                "sip:a@[::1",
                "sip:a@[h]",
                "sip:a@h;x=\"1\"",
                "tel:+1212",
                "http://h"
            })
    void refuses(String text) {
        assertThat(SipUri.parse(text)).isEmpty();
    }

    @Test
    void aHostIsNoLongerThanADomainNameCanBe() {
        assertThat(SipUri.parse("sip:a@" + "a.".repeat(127) + "a")).isPresent();
        assertThat(SipUri.parse("sip:a@" + "a.".repeat(128))).isEmpty();
        assertThat(SipUri.parse("sip:a@" + ".".repeat(55_000))).isEmpty();
    }

    /** The examples of section 19.1.4. */
    @ParameterizedTest
    @CsvSource({
        "sip:%61lice@atlanta.com;transport=TCP, sip:alice@AtlanTa.CoM;Transport=tcp",
        "sip:carol@chicago.com, sip:carol@chicago.com;newparam=5",
        "sip:carol@chicago.com;security=on, sip:carol@chicago.com;newparam=5",
        "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com,"
                + " sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
        "sip:alice@atlanta.com?subject=project%20x&priority=urgent,"
                + " sip:alice@atlanta.com?priority=urgent&subject=project%20x"
    })
    void matchesTheSameResource(String one, String other) {
        assertThat(uri(one).matches(uri(other))).isTrue();
        assertThat(uri(other).matches(uri(one))).isTrue();
    }

    /** The examples of section 19.1.4. */
    @ParameterizedTest
    @CsvSource({
        "SIP:ALICE@AtLanTa.CoM;Transport=udp, sip:alice@AtLanTa.CoM;Transport=UDP",
        "sip:bob@biloxi.com, sip:bob@biloxi.com:5060",
        "sip:bob@biloxi.com, sip:bob@biloxi.com;transport=udp",
        "sip:bob@biloxi.com, sip:bob@biloxi.com:6000;transport=tcp",
        "sip:carol@chicago.com, sip:carol@chicago.com?Subject=next%20meeting",
        "sip:bob@phone21.boxesbybob.com, sip:bob@192.0.2.4",
        "sip:a@h;x=1, sip:a@h;x=2",
        "sip:a%40b@h, sip:a&b@h",
        "sip:a@h, sips:a@h"
    })
    void tellsDifferentResourcesApart(String one, String other) {
        assertThat(uri(one).matches(uri(other))).isFalse();
        assertThat(uri(other).matches(uri(one))).isFalse();
    }

    @Test
    void namesTheAddressOfRecordInOneForm() {
        assertThat(uri("sips:%61lice:pw@Sipring.TEST:5061;transport=tls?x=y").aor())
                .isEqualTo("alice@sipring.test");
        assertThat(uri("sip:Sipring.test").aor()).isEqualTo("sipring.test");
    }

    @Test
    void escapesWhatTheUserPartMayNotHold() {
        assertThat(SipUri.of("a b@c#é", "h", -1)).hasToString("sip:a%20b%40c%23%C3%A9@h");
        assertThat(uri("sip:a%20b%40c%23%C3%A9@h").user()).isEqualTo("a b@c#é");
    }

    @Test
    void leavesOutWhatARequestUriMayNotHold() {
        assertThat(uri("sip:a@h;method=INVITE;lr?Route=x").forRequest()).hasToString("sip:a@h;lr");
    }
}
