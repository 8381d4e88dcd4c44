package org.sipring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** RFC 6891: EDNS. */
class Rfc6891Test {
    private final Asking server = new Asking();

    private static Message query(String name, int type, int size, int version, int flags) {
        Message query = Asking.query(name, type);
        query.addRecord(new OPTRecord(size, 0, version, flags), Section.ADDITIONAL);
        return query;
    }

    private Message medium(int size) throws IOException {
        byte[] request = query(Asking.MEDIUM.key().name(), Type.A, size, 0, 0).toWire();
        byte[] answer = server.bytes(request, false);
        assertThat(answer.length).isLessThanOrEqualTo(Math.max(512, Math.min(size, 1232)));
        return new Message(answer);
    }

    @Test
    void anOptIsAnsweredWithAnOptAndNoneWithNone() throws IOException {
        OPTRecord opt = server.udp(query("sipring.test.", Type.SOA, 4096, 0, 0)).getOPT();
        assertThat(opt.getPayloadSize()).isEqualTo(1232);
        assertThat(opt.getVersion()).isZero();
        assertThat(server.udp(Asking.query("sipring.test.", Type.SOA)).getOPT()).isNull();
    }

    @Test
    void anAnswerGrowsToTheSizeThatTheClientTakes() throws IOException {
        assertThat(medium(1232).getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(medium(1232).getSection(Section.ANSWER)).hasSize(50);
        assertThat(medium(600).getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void aSizeBelow512IsTakenAs512() throws IOException {
        assertThat(medium(0).getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void aLargeOfferIsNotUsedBeyondWhatPassesUnfragmented() throws IOException {
        Message answer = server.udp(query(Asking.LARGE.key().name(), Type.SRV, 65535, 0, 0));
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.getOPT()).isNotNull();
    }

    @Test
    void anotherVersionIsBadvers() throws IOException {
        Message answer = server.udp(query("sipring.test.", Type.SOA, 1232, 1, 0));
        assertThat(answer.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(answer.getOPT().getVersion()).isZero();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void theDoBitIsCopied() throws IOException {
        assertThat(server.udp(query("sipring.test.", Type.SOA, 1232, 0, 0x8000))
                        .getOPT()
                        .getFlags())
                .isEqualTo(0x8000);
    }

    @Test
    void twoOptsAreFormerr() throws IOException {
        Message query = query("sipring.test.", Type.SOA, 1232, 0, 0);
        query.addRecord(new OPTRecord(512, 0, 0, 0), Section.ADDITIONAL);
        assertThat(server.udp(query).getRcode()).isEqualTo(Rcode.FORMERR);
    }
}
