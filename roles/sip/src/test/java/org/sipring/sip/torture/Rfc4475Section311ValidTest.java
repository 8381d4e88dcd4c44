package org.sipring.sip.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.sip.CSeq;
import org.sipring.sip.NameAddr;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.Via;
import org.sipring.testkit.torture.Rfc4475Layers;
import org.sipring.testkit.torture.Rfc4475Valid;
import org.sipring.testkit.torture.TortureMessage;

/** RFC 4475 section 3.1.1: what the sound messages mean. */
final class Rfc4475Section311ValidTest {
    static SipMessage parsed(TortureMessage message) {
        return ((ParseResult.Parsed) SipMessage.parse(message.from(5060))).message();
    }

    private static SipUri asked(TortureMessage message) {
        return parsed(message).requestSipUri().orElseThrow();
    }

    /** Section 3.1.1.1. */
    @Test
    void blanksFoldsAndCasesHideNothing() {
        SipMessage invite = parsed(Rfc4475Valid.SHORT_TORTUOUS_INVITE);
        assertThat(invite.requestSipUri().orElseThrow().params().has("odd")).isTrue();
        assertThat(invite.toTag()).contains("q7");
        assertThat(invite.from().display()).isEqualTo("\"Ada \\\\\\\"\"");
        assertThat(invite.fromTag()).contains("w1");
        assertThat(invite.maxForwards()).hasValue(42);
        assertThat(invite.cseq()).isEqualTo(new CSeq(7, "INVITE"));
        assertThat(invite.header("Subject")).contains("");
        assertThat(invite.header("X-Folded")).contains("first part second part");
        assertThat(invite.header("Content-Type")).contains("application/sdp");
        assertThat(invite.routes().get(0).sipUri().orElseThrow().lr()).isTrue();
        assertThat(invite.contacts().orElseThrow().get(0).q()).hasValue(0.25);
        assertThat(invite.body()).asString().isEqualTo("v=0");
    }

    /** Section 3.1.1.1. */
    @Test
    void viasOfBothNamesKeepTheirOrder() {
        List<String> vias = parsed(Rfc4475Valid.SHORT_TORTUOUS_INVITE).headers("Via");
        assertThat(vias.stream()
                        .map(via -> Via.parse(via).orElseThrow().branch().orElseThrow()))
                .containsExactly("oldstyle", "z9hG4bKh2", "z9hG4bKh3");
    }

    /** Section 3.1.1.2. */
    @Test
    void everyCharacterThatIsPermittedIsTaken() {
        SipMessage message = parsed(Rfc4475Valid.WIDE_RANGE_OF_CHARACTERS);
        assertThat(message.method()).isEqualTo(Rfc4475Valid.ODD_METHOD);
        assertThat(message.requestSipUri().orElseThrow().user()).isEqualTo("0-_.!~*'()&=+$,;?/");
        assertThat(message.to().display()).isEqualTo("\"BEL:\\\7 NUL:\\\0 DEL:\\\177\"");
        assertThat(message.from().display()).isEqualTo("tok1.! tok2%*_+ tok3`'~");
        assertThat(message.from().params().value("par'~+*_!.-%")).contains("αβγ \"");
        assertThat(message.fromTag()).contains("_t~'+`*%!-.");
        assertThat(message.callId()).isEqualTo("odd%-!.*_+'@w`~)(><:\\/\"][?}{");
        assertThat(message.topVia().branch()).contains("z9hG4bK.!%*_+`'~-x");
        assertThat(message.header("x-odd!.%*+`_'~")).contains("любой текст");
    }

    /** Section 3.1.1.3. */
    @Test
    void escapesAreReadOnceAndNeverMakeAnotherUri() {
        SipMessage invite = parsed(Rfc4475Valid.ESCAPES);
        SipUri asked = invite.requestSipUri().orElseThrow();
        assertThat(asked.secure()).isFalse();
        assertThat(asked.user()).isEqualTo("sips:grace@example.org");
        assertThat(asked.host()).isEqualTo("sipring.test");
        SipUri contact = invite.contacts().orElseThrow().get(0).sipUri().orElseThrow();
        assertThat(contact.user()).isEqualTo("ada");
        assertThat(contact.lr()).isTrue();
        assertThat(contact.params().value("note")).contains("50%41");
        assertThat(contact).hasToString("sip:%61d%61@192.0.2.5;%6C%72;n%6fte=50%25%34%31");
        assertThat(contact.matches(
                        SipUri.parse("sip:ada@192.0.2.5;lr;NOTE=50%25%341").orElseThrow()))
                .isTrue();
        assertThat(SipUri.parse("sip:a@h;m%65thod=BYE").orElseThrow().forRequest())
                .hasToString("sip:a@h");
    }

    /** Section 3.1.1.4. */
    @Test
    void nullsDoNotEndAUser() {
        SipMessage register = parsed(Rfc4475Valid.ESCAPED_NULLS);
        assertThat(register.to().sipUri().orElseThrow().aor()).isEqualTo("nul-\0-nul@sipring.test");
        List<NameAddr> contacts = register.contacts().orElseThrow();
        SipUri one = contacts.get(0).sipUri().orElseThrow();
        SipUri two = contacts.get(1).sipUri().orElseThrow();
        assertThat(one.user()).isEqualTo("\0");
        assertThat(two.user()).isEqualTo("\0\0");
        assertThat(one.matches(two)).isFalse();
    }

    /** Section 3.1.1.5. */
    @Test
    void aPercentSignEscapesInUrisOnly() {
        SipMessage message = parsed(Rfc4475Valid.NO_ESCAPES);
        assertThat(message.method()).isEqualTo("OPT%49ONS");
        assertThat(message.to().display()).isEqualTo("\"%4Z%47\"");
        assertThat(message.contacts().orElseThrow()).isEmpty();
        assertThat(message.header("C%6Fntact")).isPresent();
    }

    /** Section 3.1.1.6. */
    @Test
    void theBracketEndsTheDisplayName() {
        NameAddr from = parsed(Rfc4475Valid.NO_BLANK_BEFORE_THE_BRACKET).from();
        assertThat(from.display()).isEqualTo("Ada");
        assertThat(from.tag()).contains("w1");
    }

    /** Section 3.1.1.7. */
    @Test
    void longValuesAreKeptWhole() {
        SipMessage message = parsed(Rfc4475Valid.LONG_VALUES);
        assertThat(message.requestSipUri().orElseThrow().user()).isEqualTo(Rfc4475Valid.LONG);
        assertThat(message.to().params().value(Rfc4475Valid.LONG)).contains(Rfc4475Valid.LONG);
        assertThat(message.fromTag()).contains(Rfc4475Valid.LONG);
        assertThat(message.callId()).isEqualTo(Rfc4475Valid.LONG);
        assertThat(message.headers("Via")).hasSize(31);
        assertThat(message.header("X-" + Rfc4475Valid.LONG)).contains(Rfc4475Valid.LONG);
    }

    /** Section 3.1.1.8. */
    @Test
    void octetsBehindTheBodyAreDropped() {
        SipMessage register = parsed(Rfc4475Valid.EXTRA_TRAILING_OCTETS);
        assertThat(register.method()).isEqualTo("REGISTER");
        assertThat(register.toString()).doesNotContain("INVITE");
    }

    /** Section 3.1.1.9. */
    @Test
    void semicolonsBeforeTheAtSignBelongToTheUser() {
        SipUri uri = asked(Rfc4475Valid.SEMICOLONS_IN_THE_USER);
        assertThat(uri.user()).isEqualTo("grace;seat=4@desk");
        assertThat(uri.params().names()).isEmpty();
    }

    /** Section 3.1.1.10. */
    @Test
    void transportsThatNobodyKnowsStayInTheVias() {
        List<String> vias = parsed(Rfc4475Valid.VARIED_TRANSPORTS).headers("Via");
        assertThat(vias.stream().map(via -> Via.parse(via).orElseThrow().transport()))
                .containsExactly("UDP", "CARRIER-PIGEON", "SCTP", "TLS", "TCP");
    }

    /** Section 3.1.1.11. */
    @Test
    void aBodyOfManyPartsIsKeptByteByByte() {
        byte[] bytes = Rfc4475Valid.MULTIPART.from(5060);
        SipMessage message = parsed(Rfc4475Valid.MULTIPART);
        assertThat(message.bytes()).isEqualTo(bytes);
        assertThat(new String(message.body(), StandardCharsets.UTF_8))
                .startsWith("--7a9cbec0\r\n")
                .contains("\0\1\2\3")
                .endsWith("--7a9cbec0--\r\n");
    }

    /** Sections 3.1.1.12 and 3.1.1.13. */
    @Test
    void aReasonIsAnyTextOrNone() {
        assertThat(parsed(Rfc4475Valid.UNUSUAL_REASON).reason()).isEqualTo("7 * 11 % 77 = \"ноль\"; /δέκα/ <ok>");
        assertThat(parsed(Rfc4475Valid.EMPTY_REASON).status()).isEqualTo(100);
        assertThat(parsed(Rfc4475Valid.EMPTY_REASON).reason()).isEmpty();
    }

    /** Section 3.4.1. */
    @Test
    void anElementOfRfc2543NeedsNoBranchTagAndMaxForwards() {
        SipMessage invite = parsed(Rfc4475Layers.OLD_SYNTAX);
        assertThat(invite.topVia().branch()).isEmpty();
        assertThat(invite.fromTag()).isEmpty();
        assertThat(invite.maxForwards()).isEmpty();
        assertThat(invite.to().params().value("user")).contains("phone");
        assertThat(invite.body()).asString().isEqualTo("v=0\r\n");
    }
}
