package org.sipring.sip.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sipring.sip.ParseResult;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.testkit.torture.Torture;
import org.sipring.testkit.torture.TortureMessage;

/** RFC 4475 and RFC 5118: what the parser makes of each message. */
final class TortureVerdictTest {
    static List<TortureMessage> all() {
        return Torture.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachMessageGetsItsVerdict(TortureMessage message) {
        ParseResult result = SipMessage.parse(message.from(5060));
        assertThat(result).isInstanceOf(kind(message.verdict()));
        if (result instanceof ParseResult.Bad bad) {
            assertThat(List.of(bad.status())).as(bad.reason()).isEqualTo(message.answers());
            SipMessage refusal = Responses.of(bad.request(), bad.status(), bad.reason(), "t");
            assertThat(refusal.status()).isEqualTo(bad.status());
            assertThat(bad.request().topVia().port()).isEqualTo(5060);
        }
    }

    private static Class<? extends ParseResult> kind(TortureMessage.Verdict verdict) {
        return switch (verdict) {
            case PARSED -> ParseResult.Parsed.class;
            case REFUSED -> ParseResult.Bad.class;
            case DROPPED -> ParseResult.Junk.class;
        };
    }

    @Test
    void noMessageOfRfc4475IsMissing() {
        Map<String, Long> sections = Torture.rfc4475().stream()
                .collect(Collectors.groupingBy(
                        message -> message.section().replaceFirst("(3\\.[234]|3\\.1\\.\\d)\\.\\d+$", "$1"),
                        Collectors.counting()));
        assertThat(sections).isEqualTo(Map.of("3.1.1", 13L, "3.1.2", 19L, "3.2", 1L, "3.3", 15L, "3.4", 1L));
        assertThat(Torture.rfc4475()).extracting(TortureMessage::section).doesNotHaveDuplicates();
        assertThat(Torture.all()).extracting(TortureMessage::name).doesNotHaveDuplicates();
    }
}
