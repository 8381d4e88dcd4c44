package org.sipring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** RFC 1035 section 4: messages, good and bad. */
class Rfc1035Section4Test {
    private final Asking server = new Asking();

    private static final Message SOA = Asking.query("sipring.test.", Type.SOA);

    @Test
    void anAnswerRepeatsIdQuestionAndRecursionDesiredAndIsAuthoritative() throws IOException {
        Message answer = server.udp(Asking.query("SipRing.Test.", Type.SOA));
        assertThat(answer.getHeader().getID()).isEqualTo(4711);
        assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RA)).isFalse();
        assertThat(answer.getQuestion().getName()).hasToString("SipRing.Test.");
        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void nxdomainIsAuthoritativeAndCarriesTheSoa() throws IOException {
        Message answer = server.udp(Asking.query("nothing.sipring.test.", Type.A));
        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void anotherZoneOrClassIsRefused() throws IOException {
        Message zone = server.udp(Asking.query("example.org.", Type.A));
        assertThat(zone.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(zone.getHeader().getFlag(Flags.AA)).isFalse();
        Message version = server.udp(Asking.query("version.bind.", Type.TXT, DClass.CH));
        assertThat(version.getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void aResponseIsNeverAnswered() {
        Message response = SOA.clone();
        response.getHeader().setFlag(Flags.QR);
        assertThat(server.react(response.toWire(), false)).isInstanceOf(Reaction.Silence.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11})
    void whatIsShorterThanAHeaderIsNotAnswered(int length) {
        assertThat(server.react(new byte[length], false)).isInstanceOf(Reaction.Silence.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.IQUERY, Opcode.STATUS, 3, Opcode.NOTIFY, 15})
    void anotherOpcodeIsNotImplemented(int opcode) throws IOException {
        Message request = SOA.clone();
        request.getHeader().setOpcode(opcode);
        Message answer = server.udp(request);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(answer.getHeader().getOpcode()).isEqualTo(opcode);
    }

    @Test
    void noQuestionOrTwoAreFormerr() throws IOException {
        assertThat(server.udp(new Message(1)).getRcode()).isEqualTo(Rcode.FORMERR);
        Message two = SOA.clone();
        two.addRecord(two.getQuestion(), Section.QUESTION);
        assertThat(server.udp(two).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void whatEndsTooSoonOrTooLateIsFormerr() throws IOException {
        byte[] whole = SOA.toWire();
        assertThat(server.udp(Arrays.copyOf(whole, whole.length - 1)).getRcode())
                .isEqualTo(Rcode.FORMERR);
        assertThat(server.udp(Arrays.copyOf(whole, whole.length + 1)).getRcode())
                .isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aHeaderThatClaimsMoreThanThereIsIsFormerr() throws IOException {
        byte[] lie = SOA.toWire();
        lie[6] = (byte) 0xFF;
        assertThat(server.udp(lie).getRcode()).isEqualTo(Rcode.FORMERR);
        lie[2] |= 0x02;
        assertThat(server.udp(lie).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aNameThatPointsToItselfIsFormerr() throws IOException {
        byte[] loop = Arrays.copyOf(SOA.toWire(), 18);
        loop[12] = (byte) 0xC0;
        loop[13] = 12;
        assertThat(server.udp(loop).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void whatDoesNotFitIsLeftOutWholeAndMarkedTruncated() throws IOException {
        byte[] cut =
                server.bytes(Asking.query(Asking.LARGE.key().name(), Type.SRV).toWire(), false);
        assertThat(cut.length).isLessThanOrEqualTo(512);
        Message answer = new Message(cut);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void overTcpEverythingFits() throws IOException {
        Message answer = server.tcp(Asking.query(Asking.LARGE.key().name(), Type.SRV));
        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(answer.getSection(Section.ANSWER)).hasSize(100);
    }

    @Test
    void equalRecordsTakeTurnsInComingFirst() throws IOException {
        Message first = Asking.query(Asking.LARGE.key().name(), Type.SRV);
        Message second = first.clone();
        second.getHeader().setID(4712);
        assertThat(server.tcp(first).getSection(Section.ANSWER).get(0))
                .isNotEqualTo(server.tcp(second).getSection(Section.ANSWER).get(0));
    }

    @Test
    void aZoneTransferWithoutSignatureIsRefused() throws IOException {
        assertThat(server.tcp(Asking.query("sipring.test.", Type.AXFR)).getRcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(server.udp(Asking.query("sipring.test.", Type.IXFR)).getRcode())
                .isEqualTo(Rcode.REFUSED);
    }
}
