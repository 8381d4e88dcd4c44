package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 3261 section 7: SIP messages. */
class Rfc3261Section7MessageTest {
    @Test
    void readsARequest() {
        SipMessage invite = Messages.parsed(Messages.invite("Contact: <sip:alice@pc33.example.com>\n"));
        assertThat(invite.isRequest()).isTrue();
        assertThat(invite.method()).isEqualTo("INVITE");
        assertThat(invite.requestUri()).isEqualTo("sip:bob@example.com");
        assertThat(invite.callId()).isEqualTo("a84b4c76e66710@pc33.example.com");
        assertThat(invite.cseq()).isEqualTo(new CSeq(314159, "INVITE"));
        assertThat(invite.fromTag()).contains("1928301774");
        assertThat(invite.toTag()).isEmpty();
        assertThat(invite.maxForwards()).hasValue(70);
        assertThat(invite.topVia().branch()).contains("z9hG4bK776asdhds");
        assertThat(invite.contacts().orElseThrow()).hasSize(1);
    }

    @Test
    void readsAResponse() {
        SipMessage response = Messages.parsed(
                """
                SIP/2.0 180 Ringing for you
                v: SIP/2.0/TCP 192.0.2.1:5062;branch=z9hG4bK1;received=192.0.2.9;rport=4000, SIP/2.0/UDP b.example.com
                f: <sip:a@example.com>;tag=1
                t: sip:b@example.com;tag=2
                i: c1
                CSeq: 7 INVITE

                """);
        assertThat(response.isRequest()).isFalse();
        assertThat(response.status()).isEqualTo(180);
        assertThat(response.reason()).isEqualTo("Ringing for you");
        assertThat(response.method()).isEqualTo("INVITE");
        assertThat(response.toTag()).contains("2");
        assertThat(response.topVia().params().value("rport")).contains("4000");
        assertThat(response.topVia().params().value("received")).contains("192.0.2.9");
        assertThat(response.headers("Via")).hasSize(2);
    }

    @Test
    void unfoldsAHeaderThatContinuesOnTheNextLine() {
        SipMessage invite = Messages.parsed(Messages.invite("Subject: I know\n  you're there,\n\t pick up\n"));
        assertThat(invite.header("Subject")).contains("I know you're there, pick up");
    }

    @Test
    void comparesHeaderNamesWithoutRegardToCaseAndKnowsCompactForms() {
        SipMessage invite = Messages.parsed(Messages.invite("M: <sip:a@h>\nX-Own  : 1\nrOuTe: <sip:p;lr>\n"));
        assertThat(invite.header("Contact")).contains("<sip:a@h>");
        assertThat(invite.header("x-own")).contains("1");
        assertThat(invite.routes()).hasSize(1);
    }

    @Test
    void splitsListsAtTopLevelCommasOnly() {
        SipMessage invite = Messages.parsed(
                Messages.invite("Contact: \"A, B\" <sip:a@h;x=1,2>;q=1 , <sip:b@h>\nContact: <sip:c@h>\n"));
        assertThat(invite.headers("Contact")).containsExactly("\"A, B\" <sip:a@h;x=1,2>;q=1", "<sip:b@h>", "<sip:c@h>");
    }

    @Test
    void doesNotSplitCredentials() {
        SipMessage invite = Messages.parsed(Messages.invite("Authorization: Digest realm=\"a\", nonce=\"b\"\n"));
        assertThat(invite.headers("Authorization")).containsExactly("Digest realm=\"a\", nonce=\"b\"");
    }

    @Test
    void ignoresEmptyLinesBeforeTheStartLine() {
        assertThat(Messages.parsed("\n\n" + Messages.invite("")).method()).isEqualTo("INVITE");
    }

    @Test
    void dropsWhatFollowsTheBodyInADatagram() {
        SipMessage invite = Messages.parsed(Messages.invite("Content-Length: 2\n") + "hello");
        assertThat(invite.body()).asString().isEqualTo("he");
        assertThat(invite.bytes()).asString().endsWith("\r\nhe");
    }

    @Test
    void takesTheRestOfTheDatagramWithoutContentLength() {
        assertThat(Messages.parsed(Messages.invite("") + "hello").body())
                .asString()
                .isEqualTo("hello");
    }
}
