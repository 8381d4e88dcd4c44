package org.sipring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.testkit.SimChance;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/** RFC 8945 section 5: what a server does about signatures. */
class Rfc8945Test {
    private final Asking server = new Asking();

    private static Message soa() {
        return Asking.query("sipring.test.", Type.SOA);
    }

    private static byte[] signed(Message message, TSIG signer) {
        message.setTSIG(signer);
        return message.toWire(Message.MAXLENGTH);
    }

    private static TSIGRecord tsig(byte[] bytes) throws IOException {
        return new Message(bytes).getTSIG();
    }

    @Test
    void aSignedQueryGetsASignedAnswer() throws IOException {
        byte[] request = Asking.signed(soa());
        byte[] answer = server.bytes(request, false);
        assertThat(Asking.SIGNER.verify(new Message(answer), answer, tsig(request)))
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void theSignatureIsBehindTheOpt() throws IOException {
        Message query = soa();
        query.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
        byte[] request = Asking.signed(query);
        byte[] answer = server.bytes(request, false);
        assertThat(new Message(answer).getOPT()).isNotNull();
        assertThat(Asking.SIGNER.verify(new Message(answer), answer, tsig(request)))
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aTruncatedAnswerIsSignedAsWell() throws IOException {
        byte[] request = Asking.signed(Asking.query(Asking.LARGE.key().name(), Type.SRV));
        byte[] answer = server.bytes(request, false);
        assertThat(answer.length).isLessThanOrEqualTo(512);
        assertThat(Asking.SIGNER.verify(new Message(answer), answer, tsig(request)))
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void anUnknownKeyIsBadkeyAnsweredUnsigned() throws IOException {
        TSIG stranger = TsigKey.generate("stranger", new SimChance(1)).signer(Clock.systemUTC());
        Message query = soa();
        query.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
        Message answer = server.udp(signed(query, stranger));
        assertThat(answer.getHeader().getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADKEY);
        assertThat(answer.getTSIG().getName()).hasToString("stranger.");
        assertThat(answer.getTSIG().getSignature()).isEmpty();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void anotherSecretIsBadsigAnsweredUnsigned() throws IOException {
        TSIG other = TsigKey.generate("sipring", new SimChance(1)).signer(Clock.systemUTC());
        Message answer = server.udp(signed(soa(), other));
        assertThat(answer.getHeader().getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADSIG);
        assertThat(answer.getTSIG().getSignature()).isEmpty();
    }

    @Test
    void anotherAlgorithmIsBadkey() throws IOException {
        TSIG other = new TSIG(TSIG.HMAC_SHA512, Asking.KEY.owner(), new byte[32]);
        assertThat(server.udp(signed(soa(), other)).getTSIG().getError()).isEqualTo(Rcode.BADKEY);
    }

    @Test
    void aWrongClockIsBadtimeAnsweredWithTheServersTimeAndSigned() throws IOException {
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        TSIG signer = Asking.KEY.signer(slow);
        Message query = soa();
        query.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
        byte[] request = signed(query, signer);
        byte[] bytes = server.bytes(request, false);
        Message answer = new Message(bytes);
        assertThat(answer.getHeader().getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(answer.getTSIG().getError()).isEqualTo(Rcode.BADTIME);
        assertThat(signer.verify(answer, bytes, tsig(request))).isEqualTo(Rcode.NOERROR);
        byte[] told = answer.getTSIG().getOther();
        assertThat(told).hasSize(6);
        long seconds = ByteBuffer.allocate(8).put(2, told).getLong(0);
        assertThat(Duration.between(Instant.ofEpochSecond(seconds), Instant.now())
                        .abs())
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aSignatureThatIsNotLastOrNotAloneIsFormerr() throws IOException {
        Message signed = new Message(Asking.signed(soa()));
        Record tsig = signed.getTSIG();
        Message behind = soa();
        behind.addRecord(tsig, Section.ADDITIONAL);
        behind.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
        assertThat(server.udp(behind).getRcode()).isEqualTo(Rcode.FORMERR);
        Message twice = soa();
        twice.addRecord(tsig, Section.ADDITIONAL);
        twice.addRecord(tsig, Section.ADDITIONAL);
        assertThat(server.udp(twice).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aChangedByteIsNeverAnUpdate() {
        byte[] good = Asking.signed(Asking.update(Asking.address("n9.sipring.test.")));
        assertThat(server.react(good, false)).isInstanceOf(Reaction.Change.class);
        for (int at = 2; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= 0x04;
            Reaction reaction = server.react(changed, false);
            // The last six bytes begin with the original ID, which only forwarders use (section 4.2).
            boolean taken = reaction instanceof Reaction.Change;
            assertThat(taken && at < good.length - 6).as("byte %d", at).isFalse();
        }
    }

    @Test
    void aSignedTransferCarriesTheWholeZoneBetweenTwoSoas() throws IOException {
        byte[] request = Asking.signed(Asking.query("sipring.test.", Type.AXFR));
        Reaction reaction = server.react(request, true);
        assertThat(reaction).isInstanceOf(Reaction.Reply.class);
        TSIG.StreamVerifier verifier = new TSIG.StreamVerifier(Asking.SIGNER, tsig(request));
        List<byte[]> messages = ((Reaction.Reply) reaction).messages();
        List<Record> records = new ArrayList<>();
        for (byte[] bytes : messages) {
            Message message = new Message(bytes);
            assertThat(verifier.verify(message, bytes)).isEqualTo(Rcode.NOERROR);
            records.addAll(message.getSection(Section.ANSWER));
        }
        assertThat(records).hasSize(1 + 1 + 1 + 100 + 50 + 1);
        assertThat(records.get(0).getType()).isEqualTo(Type.SOA);
        assertThat(records.get(records.size() - 1)).isEqualTo(records.get(0));
    }

    @Test
    void aTransferOverUdpOrOfAnotherNameIsRefused() throws IOException {
        assertThat(server.udp(Asking.signed(Asking.query("sipring.test.", Type.AXFR)))
                        .getRcode())
                .isEqualTo(Rcode.REFUSED);
        byte[] other = Asking.signed(Asking.query("ns.sipring.test.", Type.AXFR));
        assertThat(new Message(server.bytes(other, true)).getRcode()).isEqualTo(Rcode.REFUSED);
    }
}
