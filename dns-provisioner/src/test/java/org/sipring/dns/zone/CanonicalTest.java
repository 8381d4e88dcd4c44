package org.sipring.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One spelling for each record. */
class CanonicalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "SRV   | 010  0 05060 N1.Sipring.Test.     | 10 0 5060 n1.sipring.test.",
                "NS    | NS.Sipring.Test.                  | ns.sipring.test.",
                "A     | 127.0.0.11                        | 127.0.0.11",
                "A     | 127.000.0.011                     | 127.0.0.11",
                "AAAA  | 2001:DB8:0:0:0:0:0:1              | 2001:db8::1",
                "AAAA  | 2001:db8:0:1:1:1:1:1              | 2001:db8:0:1:1:1:1:1",
                "AAAA  | 1:0:0:2:0:0:0:3                   | 1:0:0:2::3",
                "AAAA  | ::                                | ::",
                "AAAA  | ::ffff:192.0.2.1                  | ::ffff:192.0.2.1",
                "TXT   | one two                           | \"one\" \"two\"",
                "TXT   | \"v1  a\"                         | \"v1  a\"",
                "TXT   | \"say \\\"hi\\\" \\\\ \\065\\007\" | \"say \\\"hi\\\" \\\\ A\\007\"",
                "TXT   | \"\"                              | \"\"",
                "NAPTR | 10 50 s SIP+D2U \"\" _SIP._udp.X.test. | 10 50 \"s\" \"SIP+D2U\" \"\" _sip._udp.x.test.",
                "MX    | 10 Mail.Test.                     | 10 mail.test.",
                "TYPE65280 | \\# 2 ABCD                    | \\# 2 ABCD"
            })
    void aRecordHasOneSpelling(String type, String written, String canonical) {
        assertThat(Canonical.of(type, written)).isEqualTo(canonical);
        assertThat(Canonical.of(type, canonical)).isEqualTo(canonical);
    }

    @Test
    void spellingsOfOneRecordBecomeOneRecord() {
        RrSet twice = Zones.set("X.test.", "AAAA", "::1", "0:0:0:0:0:0:0:1");
        assertThat(Canonical.of(twice)).isEqualTo(Zones.set("x.test.", "AAAA", "::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host.example.org", "127.0.0.256", "127.1", "::1"})
    void whatIsNoIp4AddressIsRefused(String text) {
        assertThatThrownBy(() -> Canonical.of("A", text)).hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open", "end\\", "\"\\999\""})
    void brokenTextIsRefused(String text) {
        assertThatThrownBy(() -> Canonical.of("TXT", text)).isInstanceOf(IllegalArgumentException.class);
    }
}
