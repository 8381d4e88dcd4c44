package org.sipring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** RFC 2136 sections 2 and 3.1: the form of an update. */
class Rfc2136Section31Test {
    private static final Record A = Asking.address("n9.sipring.test.");

    private final Asking server = new Asking();

    private static Message update(String zone, int type, int dclass) {
        Message message = new Message(4711);
        message.getHeader().setOpcode(Opcode.UPDATE);
        message.addRecord(Record.newRecord(Records.name(zone), type, dclass), Section.ZONE);
        return message;
    }

    private int rcode(Message update) throws IOException {
        return server.udp(Asking.signed(update)).getRcode();
    }

    private int rcode(int section, Record record) throws IOException {
        Message update = update("sipring.test.", Type.SOA, DClass.IN);
        update.addRecord(record, section);
        return rcode(update);
    }

    private static Record bare(int type, int dclass, long ttl) {
        return Record.newRecord(Records.name("n9.sipring.test."), type, dclass, ttl);
    }

    @Test
    void anUpdateWithoutSignatureIsRefused() throws IOException {
        assertThat(server.udp(Asking.update(A)).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void aSignedUpdateIsHandedOnAndItsAnswerIsSigned() throws IOException {
        byte[] request = Asking.signed(Asking.update(A));
        Reaction reaction = server.react(request, false);
        assertThat(reaction).isInstanceOf(Reaction.Change.class);
        Reaction.Change change = (Reaction.Change) reaction;
        RrSet added = RrSet.of("n9.sipring.test.", "A", 30, List.of("127.0.0.9"));
        assertThat(change.update()).isEqualTo(new Update(List.of(), List.of(new Update.Add(added))));
        byte[] bytes = change.reply().apply(org.sipring.dns.zone.Rcode.YXRRSET);
        Message answer = new Message(bytes);
        assertThat(answer.getRcode()).isEqualTo(Rcode.YXRRSET);
        assertThat(answer.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
        assertThat(Asking.SIGNER.verify(answer, bytes, new Message(request).getTSIG()))
                .isEqualTo(Rcode.NOERROR);
    }

    @Test
    void theZoneSectionNamesTheZonesSoa() throws IOException {
        assertThat(rcode(update("sipring.test.", Type.A, DClass.IN))).isEqualTo(Rcode.FORMERR);
        assertThat(rcode(update("example.org.", Type.SOA, DClass.IN))).isEqualTo(Rcode.NOTAUTH);
        assertThat(rcode(update("sub.sipring.test.", Type.SOA, DClass.IN))).isEqualTo(Rcode.NOTAUTH);
        assertThat(rcode(update("sipring.test.", Type.SOA, DClass.CH))).isEqualTo(Rcode.NOTAUTH);
    }

    @Test
    void aPrerequisiteWithATtlOrAWrongClassIsFormerr() throws IOException {
        assertThat(rcode(Section.PREREQ, A)).isEqualTo(Rcode.FORMERR);
        assertThat(rcode(Section.PREREQ, bare(Type.A, DClass.ANY, 1))).isEqualTo(Rcode.FORMERR);
        assertThat(rcode(Section.PREREQ, bare(Type.A, DClass.CH, 0))).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aPrerequisiteOrDeletionThatShouldBeEmptyButHasDataIsFormerr() throws IOException {
        Record full = new ARecord(A.getName(), DClass.ANY, 0, ((ARecord) A).getAddress());
        assertThat(rcode(Section.PREREQ, full)).isEqualTo(Rcode.FORMERR);
        assertThat(rcode(Section.UPDATE, full)).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void whatHasNoDataCannotBeAddedOrRequired() throws IOException {
        assertThat(rcode(Section.UPDATE, bare(Type.A, DClass.IN, 30))).isEqualTo(Rcode.FORMERR);
        assertThat(rcode(Section.PREREQ, bare(Type.A, DClass.IN, 0))).isEqualTo(Rcode.FORMERR);
        assertThat(rcode(Section.UPDATE, bare(Type.ANY, DClass.IN, 30))).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void aDeletionWithATtlOrOfAQuestionTypeIsFormerr() throws IOException {
        assertThat(rcode(Section.UPDATE, bare(Type.A, DClass.ANY, 1))).isEqualTo(Rcode.FORMERR);
        assertThat(rcode(Section.UPDATE, bare(Type.AXFR, DClass.ANY, 0))).isEqualTo(Rcode.FORMERR);
        assertThat(rcode(Section.UPDATE, bare(Type.A, DClass.CH, 0))).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void whatIsEncodedIsDecodedToTheSameMeaning() throws IOException {
        RrSet set = RrSet.of("n9.sipring.test.", "A", 30, List.of("127.0.0.8", "127.0.0.9"));
        RrSet untimed = new RrSet(set.key(), 0, set.data());
        RrKey key = new RrKey("n8.sipring.test.", "SRV");
        Update update = new Update(
                List.of(
                        new Update.Exists(key),
                        new Update.Absent(key),
                        new Update.NameInUse(key.name()),
                        new Update.NameFree(key.name()),
                        new Update.Exactly(untimed)),
                List.of(
                        new Update.Delete(key),
                        new Update.Add(set),
                        new Update.Remove(new RrSet(set.key(), 0, untimed.data().headSet("127.0.0.9"))),
                        new Update.DeleteName(key.name())));
        Message message = UpdateMessage.encode(update, Records.name("sipring.test."), 1);
        assertThat(UpdateMessage.decode(new Message(message.toWire()))).isEqualTo(update);
    }

    @Test
    void replaceIsDeleteAndAdd() throws IOException {
        RrSet set = RrSet.of("n9.sipring.test.", "A", 30, List.of("127.0.0.9"));
        Update update = new Update(List.of(), List.of(new Update.Replace(set)));
        Message message = UpdateMessage.encode(update, Records.name("sipring.test."), 1);
        assertThat(UpdateMessage.decode(new Message(message.toWire())).changes())
                .containsExactly(new Update.Delete(set.key()), new Update.Add(set));
    }
}
