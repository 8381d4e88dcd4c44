package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 section 16.3: which messages are refused, which are dropped. See also {@code torture}. */
class MessageCheckTest {
    private static final String OPTIONS =
            """
            OPTIONS sip:grace@sipring.test SIP/2.0
            Via: SIP/2.0/TCP 192.0.2.5;branch=z9hG4bKb1
            Max-Forwards: 70
            From: <sip:ada@sipring.test>;tag=w1
            To: <sip:grace@sipring.test>
            Call-ID: check.1
            CSeq: 60 OPTIONS
            Content-Length: 0

            """;

    private static int refusal(String text) {
        return Messages.bad(text).status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<sip:u@h>", "sip:u@h; lr", "sip:u@h ", " sip:u@h", "sip:u@h?Route=%3Csip:h%3E", "sip:a@h:99999"
            })
    void refusesAMalformedRequestUri(String uri) {
        assertThat(refusal(OPTIONS.replace("sip:grace@sipring.test SIP", uri + " SIP")))
                .isEqualTo(400);
    }

    /** RFC 3261 section 8.1.1. */
    @ParameterizedTest
    @ValueSource(strings = {"From", "To", "Call-ID", "CSeq"})
    void refusesARequestWithoutAMandatoryHeader(String name) {
        String text = OPTIONS.replaceFirst("(?m)^" + name + ":", "X:");
        assertThat(refusal(text)).isEqualTo(400);
        ParseResult.Bad bad = Messages.bad(text);
        SipMessage answer = Responses.of(bad.request(), bad.status(), bad.reason(), "t");
        assertThat(answer.header(name)).isEmpty();
        assertThat(answer.headers("Via")).containsExactly("SIP/2.0/TCP 192.0.2.5;branch=z9hG4bKb1");
    }

    @Test
    void dropsARequestThatNamesNoWayBack() {
        assertThat(Messages.parse(OPTIONS.replace("Via:", "X:"))).isInstanceOf(ParseResult.Junk.class);
        assertThat(Messages.parse(OPTIONS.replace("192.0.2.5", ""))).isInstanceOf(ParseResult.Junk.class);
    }

    @Test
    void answersAMalformedViaWhereItsHostCanBeRead() {
        ParseResult.Bad bad = Messages.bad(OPTIONS.replace("192.0.2.5;branch", "192.0.2.5 :5070 ;;;branch"));
        assertThat(bad.reason()).isEqualTo("Malformed Via");
        assertThat(bad.request().topVia().sentBy()).isEqualTo("192.0.2.5:5070");
    }

    /** RFC 3261 section 7.3.1. */
    @ParameterizedTest
    @ValueSource(strings = {"CSeq: 5 OPTIONS", "f: <sip:x@h>;tag=1", "t: <sip:x@h>", "i: x", "l: 0", "Max-Forwards: 5"})
    void refusesASecondValueWhereOneIsPermitted(String line) {
        assertThat(refusal(OPTIONS.replace("Max-", line + "\nMax-"))).isEqualTo(400);
    }

    /** RFC 3261 section 7.3.1. */
    @Test
    void refusesTwoValuesInOneLineWhereOneIsPermitted() {
        assertThat(refusal(OPTIONS.replace("60 OPTIONS", "60 OPTIONS, 61 OPTIONS")))
                .isEqualTo(400);
        assertThat(refusal(OPTIONS.replace("Length: 0", "Length: 0, 0"))).isEqualTo(400);
        assertThat(refusal(OPTIONS.replace(";tag=w1", ";tag=w1, <sip:eve@sipring.test>;tag=e1")))
                .isEqualTo(400);
    }

    @Test
    void refusesEachScalarThatIsTooLarge() {
        assertThat(refusal(OPTIONS.replace("CSeq: 60", "CSeq: 36893488147419103232")))
                .isEqualTo(400);
        assertThat(refusal(OPTIONS.replace("Forwards: 70", "Forwards: 256"))).isEqualTo(400);
        assertThat(refusal(OPTIONS.replace("Forwards: 70", "Forwards: -1"))).isEqualTo(400);
        assertThat(Messages.parsed(OPTIONS.replace("Max-", "Expires: 1000000000000000000000\nMax-"))
                        .expires())
                .hasValue(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lovelace, Ada", "Ada;", "Ada@home", "Ada (home)", "\"Ada\" Lovelace", "Ada \"L\"", "a:"})
    void refusesADisplayNameThatNeedsQuotes(String name) {
        assertThat(refusal(OPTIONS.replace("From: ", "From: " + name + ' '))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada Lovelace", "Dr. A. O'Hara", "\"Lovelace, Ada\"", "Åda Löv", "\"\""})
    void takesADisplayNameOfTokensOrQuotes(String name) {
        assertThat(Messages.parsed(OPTIONS.replace("From: ", "From: " + name + ' '))
                        .from()
                        .display())
                .isEqualTo(name);
    }

    /** RFC 3261 section 18.1.2. */
    @Test
    void dropsAResponseThatMakesNoSense() {
        String response = "SIP/2.0 200 OK\n" + OPTIONS.substring(OPTIONS.indexOf('\n') + 1);
        assertThat(Messages.parse(response)).isInstanceOf(ParseResult.Parsed.class);
        for (String status : new String[] {"4294967496", "99", "700", "2OO", "-200", ""}) {
            assertThat(Messages.parse(response.replace("200", status)))
                    .as(status)
                    .isInstanceOf(ParseResult.Junk.class);
        }
    }

    @Test
    void neverAnswersAnAck() {
        assertThat(Messages.parse(OPTIONS.replace("OPTIONS", "ACK").replace("Max-Forwards: 70", "Max-Forwards: x")))
                .isInstanceOf(ParseResult.Junk.class);
    }

    @Test
    void refusesLineEndsOfAnotherKind() {
        byte[] bytes = Messages.bytes(OPTIONS.replace("Max-", "X: \u0001Route: <sip:evil>\nMax-"));
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 1 ? (byte) '\n' : bytes[i];
        }
        assertThat(SipMessage.parse(bytes)).isInstanceOf(ParseResult.Junk.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"From: ", "To: ", "CSeq: ", "Max-Forwards: ", "Via: "})
    void takesNoControlCharacterForABlank(String header) {
        assertThat(Messages.parse(OPTIONS.replace(header, header + "\t "))).isInstanceOf(ParseResult.Parsed.class);
        assertThat(Messages.parse(OPTIONS.replace(header, header + "\0"))).isNotInstanceOf(ParseResult.Parsed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", " x", "\t", "\177"})
    void refusesAnUnquotedValueThatHoldsABlankOrAControlCharacter(String hole) {
        assertThat(refusal(OPTIONS.replace("bKb1", "bK" + hole + "b1"))).isEqualTo(400);
        assertThat(refusal(OPTIONS.replace("tag=w1", "tag=w" + hole + "1"))).isEqualTo(400);
        assertThat(refusal(OPTIONS.replace("check.1", "check" + hole + ".1"))).isEqualTo(400);
        assertThat(Messages.parse(OPTIONS.replace("tag=w1", "tag=w1;x=\"a" + hole + "b\"")))
                .isInstanceOf(ParseResult.Parsed.class);
    }

    @Test
    void boundsTheNumberOfHeadersAndTheSize() {
        assertThat(refusal(OPTIONS.replace("Content-", "X: 1\n".repeat(300) + "Content-")))
                .isEqualTo(400);
        byte[] large = Arrays.copyOf(Messages.bytes(OPTIONS), SipMessage.MOST_BYTES + 1);
        assertThat(SipMessage.parse(large)).isInstanceOf(ParseResult.Junk.class);
    }

    /** RFC 3261 section 7.1. */
    @Test
    void doesNotTakeOtherProtocolsForSip() {
        for (String text :
                new String[] {"", "\r\n\r\n", "\0\0\0\0", "GET / HTTP/1.1\r\n\r\n", "SIP/2.0 200 OK\r\n\r\n"}) {
            assertThat(SipMessage.parse(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(ParseResult.Junk.class);
        }
    }
}
