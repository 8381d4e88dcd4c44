package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Changed copies and responses. */
class MessageBuilderTest {
    private static final String ODD = "X-Odd :  \t keep,  this ;exactly \nM: <sip:a@h>\n";

    @Test
    void keepsWhatNobodyTouchesByteForByte() {
        SipMessage invite = Messages.parsed(Messages.invite(ODD + "Content-Length:  4\n") + "body");
        SipMessage copy = invite.edit().build();
        assertThat(copy.bytes()).isEqualTo(invite.bytes());
    }

    @Test
    void knowsItsLengthBeforeItIsWritten() {
        SipMessage invite = Messages.parsed(
                Messages.invite("Subject: Åda\nContent-Length: 4\n").replace("sip:bob@example.com SIP", "urn:bøb SIP")
                        + "body");
        SipMessage copy = invite.edit().maxForwards(9).build();
        assertThat(copy.length()).isEqualTo(invite.length() - 1);
        assertThat(copy.bytes()).hasSize(copy.length());
    }

    @Test
    void pushesAndPopsAVia() {
        SipMessage invite = Messages.parsed(Messages.invite("Content-Length: 0\n"));
        Via hop = new Via(
                "UDP", "192.0.2.1", 5060, Params.parse(";branch=z9hG4bKx").orElseThrow());
        SipMessage forwarded = invite.edit().pushVia(hop).maxForwards(69).build();
        assertThat(forwarded.topVia()).isEqualTo(hop);
        assertThat(forwarded.headers("Via")).hasSize(2);
        assertThat(forwarded.maxForwards()).hasValue(69);
        assertThat(forwarded.edit().popVia().maxForwards(70).build().bytes()).isEqualTo(invite.bytes());
    }

    @Test
    void popsOneOfTheViasInALine() {
        SipMessage response = Messages.parsed(
                """
                SIP/2.0 200 OK
                Via: SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/UDP b;branch=z9hG4bK2
                From: <sip:a@h>;tag=1
                To: <sip:b@h>;tag=2
                Call-ID: c
                CSeq: 1 INVITE
                Content-Length: 0

                """);
        assertThat(response.edit().popVia().build().topVia().host()).isEqualTo("b");
    }

    @Test
    void notesTheSourceWhereTheSenderAsksForIt() {
        SipMessage invite = Messages.parsed(Messages.invite("").replace(";branch", ";rport;branch"));
        Via via = invite.edit().topViaReceivedRport("192.0.2.7", 4711).build().topVia();
        assertThat(via.params().value("received")).contains("192.0.2.7");
        assertThat(via.params().value("rport")).contains("4711");
    }

    @Test
    void doesNotBelieveAReceivedOfTheSendersOwn() {
        SipMessage invite = Messages.parsed(
                Messages.invite("").replace("pc33.example.com;branch", "192.0.2.7;received=203.0.113.1;branch"));
        Via via = invite.edit().topViaReceivedRport("192.0.2.7", 4711).build().topVia();
        assertThat(via.params().value("received")).isEmpty();
    }

    @Test
    void setsAddsPrependsAndRemoves() {
        SipMessage invite = Messages.parsed(Messages.invite("Route: <sip:1;lr>, <sip:2;lr>\nX: 1\nX: 2\n"));
        SipMessage changed = invite.edit()
                .removeFirst(HeaderName.ROUTE)
                .prepend("Route", "<sip:0;lr>")
                .add("X", "3")
                .set("Subject", "s")
                .build();
        assertThat(changed.headers("Route")).containsExactly("<sip:0;lr>", "<sip:2;lr>");
        assertThat(changed.headers("X")).containsExactly("1", "2", "3");
        assertThat(changed.edit().set("X", "4").build().headers("X")).containsExactly("4");
        assertThat(changed.edit().remove("X").build().headers("X")).isEmpty();
        assertThat(invite.headers("X")).containsExactly("1", "2");
    }

    @Test
    void keepsContentLengthTrueToTheBody() {
        byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
        SipMessage changed =
                Messages.parsed(Messages.invite("")).edit().body(body).build();
        assertThat(((ParseResult.Parsed) SipMessage.parse(changed.bytes()))
                        .message()
                        .body())
                .isEqualTo(body);
        assertThat(changed.contentLength()).isEqualTo(5);
    }

    @Test
    void refusesLineEndsInHeaders() {
        MessageBuilder edit = Messages.parsed(Messages.invite("")).edit();
        assertThatThrownBy(() -> edit.set("Subject", "x\r\nRoute: <sip:evil>"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answersWithTheRequestsOwnLines() {
        SipMessage invite = Messages.parsed(Messages.invite("Record-Route: <sip:p;lr>\nTimestamp: 54\n"));
        SipMessage refusal = Responses.of(invite, 486, "Busy Here", "t1");
        assertThat(refusal.status()).isEqualTo(486);
        assertThat(refusal.toTag()).contains("t1");
        assertThat(refusal.topVia()).isEqualTo(invite.topVia());
        assertThat(refusal.header("Record-Route")).isEmpty();
        assertThat(refusal.contentLength()).isZero();
        assertThat(Responses.of(invite, 100, "Trying", null).header("Timestamp"))
                .contains("54");
        SipMessage ok = Responses.dialogForming(invite, 200, "OK", "t1").build();
        assertThat(ok.recordRoutes().orElseThrow()).hasSize(1);
        assertThat(SipMessage.parse(ok.bytes())).isInstanceOf(ParseResult.Parsed.class);
    }
}
