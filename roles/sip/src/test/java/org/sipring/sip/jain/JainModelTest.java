package org.sipring.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.NameAddr;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** Our reading of messages against jain-sip's. */
class JainModelTest {
    private static SipMessage invite(String more) {
        String text =
                """
                INVITE sip:bob%40x@example.com:5062;transport=tcp SIP/2.0
                Via: SIP/2.0/UDP pc33.example.com:5070;branch=z9hG4bK776;rport, SIP/2.0/TCP b;branch=z9hG4bK2
                Max-Forwards: 70
                f: "Alice, A." <sip:alice@example.com;x=1>;tag=19283
                To: sip:bob@example.com;tag=x2
                Call-ID: a84b4c76e66710@pc33.example.com
                CSeq: 314159 INVITE
                """
                        + more
                        + "Content-Length: 4\n\nbody";
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return ((ParseResult.Parsed) SipMessage.parse(bytes)).message();
    }

    private static void agree(SipMessage ours, Message message) {
        SIPMessage theirs = (SIPMessage) message;
        assertThat(theirs.getTopmostVia().getBranch())
                .isEqualTo(ours.topVia().branch().orElse(null));
        assertThat(theirs.getTopmostVia().getHost())
                .isEqualToIgnoringCase(ours.topVia().host());
        assertThat(theirs.getViaHeaders()).hasSameSizeAs(ours.headers("Via"));
        assertThat(theirs.getCallId().getCallId()).isEqualTo(ours.callId());
        assertThat(theirs.getCSeq().getSeqNumber()).isEqualTo(ours.cseq().number());
        assertThat(theirs.getFromTag()).isEqualTo(ours.fromTag().orElse(null));
        assertThat(theirs.getToTag()).isEqualTo(ours.toTag().orElse(null));
        assertThat(theirs.getMaxForwards().getMaxForwards())
                .isEqualTo(ours.maxForwards().orElseThrow());
        assertThat(new String(theirs.getRawContent(), StandardCharsets.UTF_8))
                .isEqualTo(new String(ours.body(), StandardCharsets.UTF_8));
    }

    @Test
    void readsAWholeMessageAlike() {
        SipMessage ours = invite("Subject: a\n folded\nContact: <sip:a@h>;q=0.5\nContent-Type: text/plain\n");
        Message theirs = JainModel.message(ours).orElseThrow();
        agree(ours, theirs);
        SipURI uri = (SipURI) ((Request) theirs).getRequestURI();
        SipUri mine = ours.requestSipUri().orElseThrow();
        assertThat(uri.getHost()).isEqualTo(mine.host());
        assertThat(uri.getPort()).isEqualTo(mine.port());
        assertThat(uri.getTransportParam())
                .isEqualToIgnoringCase(mine.transport().orElseThrow());
    }

    @Test
    void showsSingleHeadersOnDemand() {
        SipMessage ours = invite("m: \"A, B\" <sip:a@h>;q=0.5, <sip:b@h>\n");
        assertThat(JainModel.headers(ours, "Contact")).hasSize(2);
        assertThat(JainModel.headers(ours, "Via")).hasSize(2);
        assertThat(JainModel.headers(ours, "Route")).isEmpty();
        assertThat(JainModel.headers(ours, "Via").get(0)).isNotInstanceOf(ContactHeader.class);
        assertThat(ours.topVia().host()).isEqualTo("pc33.example.com");
        assertThat(JainModel.headers(ours, "Max-Forwards").get(0)).isNotInstanceOf(ViaHeader.class);
    }

    @Test
    void readsWhatWeWroteAfterAnEdit() {
        SipMessage ours = invite("Content-Type: text/plain\n")
                .edit()
                .popVia()
                .prepend("Route", "<sip:p;lr>")
                .body("other body".getBytes(StandardCharsets.UTF_8))
                .build();
        agree(ours, JainModel.message(ours).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:a@h>",
                "\"A\" <sip:a@h;lr>;q=0.1;expires=60",
                "A B <sips:a@[2001:db8::1]:5061;transport=tls>",
                "sip:a@h;expires=5"
            })
    void readsContactsAlike(String contact) {
        NameAddr ours =
                invite("Contact: " + contact + "\n").contacts().orElseThrow().get(0);
        ContactHeader theirs = contact(JainModel.headers(invite("Contact: " + contact + "\n"), "Contact")
                .get(0));
        SipURI uri = (SipURI) theirs.getAddress().getURI();
        assertThat(Optional.ofNullable(theirs.getParameter("expires")))
                .isEqualTo(ours.params().value("expires"));
        assertThat(uri.getHost()).isEqualTo(ours.sipUri().orElseThrow().host());
        assertThat(uri.getUser()).isEqualTo(ours.sipUri().orElseThrow().user());
        assertThat(uri.isSecure()).isEqualTo(ours.sipUri().orElseThrow().secure());
    }

    private static ContactHeader contact(Object header) {
        return header instanceof ContactList list ? (ContactHeader) list.getFirst() : (ContactHeader) header;
    }

    @Test
    void jainRefusesWhatItCannotRead() {
        assertThat(JainModel.message("nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
