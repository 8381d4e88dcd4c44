package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4475: messages after its sections, in bytes of our own. */
class Rfc4475TortureTest {
    private static final String CONTINUATION = "n".repeat(300);

    private static String options(String uri) {
        return """
                OPTIONS %s SIP/2.0
                Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bKkdjuw
                Max-Forwards: 70
                From: <sip:caller@example.com>;tag=323
                To: <sip:callee@example.com>
                Call-ID: torture.8o8a
                CSeq: 60 OPTIONS
                Content-Length: 0

                """
                .formatted(uri);
    }

    private static final String OPTIONS = options("sip:callee@example.com");

    @Test
    void section3111ShortTortuousInvite() {
        SipMessage message = Messages.parsed(
                """
                INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
                TO :
                 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
                from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
                  ;
                  tag = 98asjd8
                MaX-fOrWaRdS: 0068
                Call-ID: wsinv.ndaksdj@192.0.2.1
                Content-Length   : 3
                cseq: 0009
                  INVITE
                Via  : SIP  /   2.0
                 /UDP
                    192.0.2.2;branch=390skdjuw
                s :
                NewFangledHeader:   newfangled value
                 continued newfangled value
                UnknownHeaderWithUnusualValue: ;;,,;;,;
                Content-Type: application/sdp
                Route:
                 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
                v:  SIP  / 2.0  / TCP     spindle.example.com   ;
                  branch  =   z9hG4bK9ikj8  ,
                 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
                 z9hG4bK30239
                m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
                      newvalue ;
                  secondparam ; q = 0.33

                v=0""");
        assertThat(message.toTag()).contains("1918181833n");
        assertThat(message.fromTag()).contains("98asjd8");
        assertThat(message.maxForwards()).hasValue(68);
        assertThat(message.cseq()).isEqualTo(new CSeq(9, "INVITE"));
        assertThat(message.headers("Via")).hasSize(3);
        assertThat(message.contacts().orElseThrow().get(0).q()).hasValue(0.33);
    }

    @Test
    void section3112WideRangeOfValidCharacters() {
        String method = "!interesting-Method0123456789_*+`.%indeed'~";
        SipMessage message = Messages.parsed(OPTIONS.replace("OPTIONS", method)
                .replace("callee@", "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@"));
        assertThat(message.method()).isEqualTo(method);
        assertThat(message.requestSipUri()).isPresent();
    }

    @Test
    void section3113EscapedCharactersInUris() {
        SipMessage message = Messages.parsed(options("sip:sips%3Auser%40example.com@example.net"));
        assertThat(message.requestSipUri().orElseThrow().user()).isEqualTo("sips:user@example.com");
    }

    @Test
    void section3114EscapedNull() {
        SipMessage message = Messages.parsed(options("sip:null-%00-null@example.com"));
        assertThat(message.requestSipUri().orElseThrow().user()).isEqualTo("null-\0-null");
    }

    @Test
    void section3116NoBlankBeforeTheBracket() {
        assertThat(Messages.parsed(OPTIONS.replace("<sip:caller", "caller<sip:caller"))
                        .fromTag())
                .contains("323");
    }

    @Test
    void section3117LongValues() {
        SipMessage message =
                Messages.parsed(OPTIONS.replace("Max-", "X-" + CONTINUATION + ": " + CONTINUATION + "\nMax-")
                        .replace("tag=323", "tag=" + CONTINUATION)
                        .replace("callee@", CONTINUATION + "@"));
        assertThat(message.fromTag()).contains(CONTINUATION);
    }

    @Test
    void section3119SemicolonInTheUserPart() {
        assertThat(Messages.parsed(options("sip:user;par=u%40example.net@example.com"))
                        .requestSipUri()
                        .orElseThrow()
                        .user())
                .isEqualTo("user;par=u@example.net");
    }

    @Test
    void section31110VariedTransports() {
        SipMessage message = Messages.parsed(OPTIONS.replace(
                "Max-",
                "Via: SIP/2.0/UNKNOWN t5.example.com;branch=z9hG4bKkdj, SIP/2.0/SCTP t3;branch=z9hG4bK1\nMax-"));
        assertThat(message.headers("Via")).hasSize(3);
    }

    @Test
    void section31112And13UnusualReasonPhrases() {
        String response =
                """
                SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое
                Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
                From: <sip:a@example.net>;tag=1
                To: <sip:b@example.net>;tag=2
                Call-ID: unreason
                CSeq: 35 INVITE

                """;
        assertThat(Messages.parsed(response).reason()).contains("простое");
        assertThat(Messages.parsed(response.replaceFirst("200 .*", "100 ")).reason())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:user@example.com>",
                "sip:user@example.com; lr",
                "sip:user@example.com ",
                " sip:user@example.com",
                "sip:user@example.com?Route=%3Csip:example.com%3E",
                "sip:a@h:99999"
            })
    void section312MalformedRequestUris(String uri) {
        assertThat(Messages.bad(options(uri)).status()).isEqualTo(400);
    }

    @Test
    void section3122And3ContentLengthLargerThanTheMessageOrNegative() {
        assertThat(Messages.bad(OPTIONS.replace("Length: 0", "Length: 9999")).status())
                .isEqualTo(400);
        assertThat(Messages.bad(OPTIONS.replace("Length: 0", "Length: -999")).status())
                .isEqualTo(400);
    }

    @Test
    void section3124RequestScalarsTooLarge() {
        assertThat(Messages.bad(OPTIONS.replace("CSeq: 60", "CSeq: 36893488147419103232"))
                        .status())
                .isEqualTo(400);
        assertThat(Messages.bad(OPTIONS.replace("Forwards: 70", "Forwards: 300"))
                        .status())
                .isEqualTo(400);
        assertThat(Messages.parsed(OPTIONS.replace("Max-", "Expires: 1000000000000000000000\nMax-"))
                        .expires())
                .hasValue(Integer.MAX_VALUE);
    }

    @Test
    void section3125And19ResponsesThatMakeNoSenseGetNoAnswer() {
        String response =
                "SIP/2.0 4294967301 better not break the receiver\n" + OPTIONS.substring(OPTIONS.indexOf('\n') + 1);
        assertThat(Messages.parse(response)).isInstanceOf(ParseResult.Junk.class);
        assertThat(Messages.parse(response.replace("4294967301", "200").replace("CSeq: 60", "CSeq: 9999999999")))
                .isInstanceOf(ParseResult.Junk.class);
    }

    @Test
    void section3126UnterminatedQuotedString() {
        assertThat(Messages.bad(OPTIONS.replace("To: <sip:callee", "To: \"Mr. J. User <sip:callee"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void section31210And11BlanksAroundTheRequestLine() {
        assertThat(Messages.bad(OPTIONS.replaceFirst("OPTIONS ", "OPTIONS  ")).status())
                .isEqualTo(400);
        assertThat(Messages.bad(OPTIONS.replaceFirst("SIP/2.0\n", "SIP/2.0  \n"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void section31216UnknownProtocolVersion() {
        assertThat(Messages.bad(OPTIONS.replaceFirst("SIP/2.0", "SIP/7.0")).status())
                .isEqualTo(505);
    }

    @Test
    void section31217MethodMismatch() {
        assertThat(Messages.bad(OPTIONS.replace("60 OPTIONS", "60 INVITE")).status())
                .isEqualTo(400);
    }

    @Test
    void section321MissingTransactionIdentifier() {
        assertThat(Messages.bad(OPTIONS.replace("z9hG4bKkdjuw", "z9hG4bK")).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"From", "To", "Call-ID", "CSeq", "Via"})
    void section331MissingRequiredHeadersCannotEvenBeAnswered(String name) {
        assertThat(Messages.parse(OPTIONS.replaceFirst("(?m)^" + name + ":", "X:")))
                .isInstanceOf(ParseResult.Junk.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSeq: 5 OPTIONS", "f: <sip:x@h>;tag=1", "t: <sip:x@h>", "i: x", "l: 0", "Max-Forwards: 5"})
    void section338And9MultipleValuesInSingleValueHeaders(String line) {
        assertThat(Messages.bad(OPTIONS.replace("Max-", line + "\nMax-")).status())
                .isEqualTo(400);
    }

    @Test
    void section341Rfc2543SyntaxWithoutBranchTagAndMaxForwards() {
        SipMessage message = Messages.parsed(
                """
                INVITE sip:UserB@example.com SIP/2.0
                Via: SIP/2.0/UDP iftgw.example.com
                From: <sip:+13035551111@ift.client.example.net;user=phone>
                Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>
                To: sip:+16505552222@ss1.example.net;user=phone
                Call-ID: inv2543.1717@ift.client.example.com
                CSeq: 56 INVITE

                v=0""");
        assertThat(message.topVia().branch()).isEmpty();
        assertThat(message.fromTag()).isEmpty();
        assertThat(message.maxForwards()).isEmpty();
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

    @Test
    void boundsTheNumberOfHeadersAndTheSize() {
        assertThat(Messages.bad(OPTIONS.replace("Content-", "X: 1\n".repeat(300) + "Content-"))
                        .status())
                .isEqualTo(400);
        byte[] large = Arrays.copyOf(Messages.bytes(OPTIONS), SipMessage.MOST_BYTES + 1);
        assertThat(SipMessage.parse(large)).isInstanceOf(ParseResult.Junk.class);
    }

    @Test
    void doesNotTakeOtherProtocolsForSip() {
        for (String text :
                new String[] {"", "\r\n\r\n", "\0\0\0\0", "GET / HTTP/1.1\r\n\r\n", "SIP/2.0 200 OK\r\n\r\n"}) {
            assertThat(SipMessage.parse(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(ParseResult.Junk.class);
        }
    }
}
