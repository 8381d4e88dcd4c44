package org.sipring.dns.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/** An {@link Update} as a message (RFC 2136 section 2), and back. Pure. */
final class UpdateMessage {
    /** What no zone holds; of them only ANY may be written, as "every type" (sections 2.4.4, 2.4.5 and 2.5.3). */
    private static final Set<Integer> META =
            Set.of(Type.ANY, Type.AXFR, Type.IXFR, Type.MAILA, Type.MAILB, Type.OPT, Type.TSIG, Type.TKEY);

    private UpdateMessage() {}

    /**
     * Writes an update.
     *
     * @throws IllegalArgumentException when its data is not of its type's form
     */
    static Message encode(Update update, Name zone, int id) {
        Header header = new Header(id);
        header.setOpcode(Opcode.UPDATE);
        Message message = new Message(id);
        message.setHeader(header);
        message.addRecord(Record.newRecord(zone, Type.SOA, DClass.IN), Section.ZONE);
        update.prerequisites().forEach(p -> records(p).forEach(r -> message.addRecord(r, Section.PREREQ)));
        update.changes().forEach(c -> records(c).forEach(r -> message.addRecord(r, Section.UPDATE)));
        return message;
    }

    private static List<Record> records(Update.Prerequisite prerequisite) {
        if (prerequisite instanceof Update.Exactly exactly) {
            return Records.of(exactly.rrSet(), DClass.IN, 0);
        }
        if (prerequisite instanceof Update.Exists exists) {
            return List.of(bare(exists.name(), Records.type(exists.key().type()), DClass.ANY));
        }
        if (prerequisite instanceof Update.Absent absent) {
            return List.of(bare(absent.name(), Records.type(absent.key().type()), DClass.NONE));
        }
        boolean used = prerequisite instanceof Update.NameInUse;
        return List.of(bare(prerequisite.name(), Type.ANY, used ? DClass.ANY : DClass.NONE));
    }

    private static List<Record> records(Update.Change change) {
        if (change instanceof Update.Add add) {
            return Records.of(add.rrSet());
        }
        if (change instanceof Update.Replace replace) {
            List<Record> records = new ArrayList<>();
            records.add(bare(replace.name(), Records.type(replace.rrSet().key().type()), DClass.ANY));
            records.addAll(Records.of(replace.rrSet()));
            return records;
        }
        if (change instanceof Update.Delete delete) {
            return List.of(bare(delete.name(), Records.type(delete.key().type()), DClass.ANY));
        }
        if (change instanceof Update.Remove remove) {
            return Records.of(remove.rrSet(), DClass.NONE, 0);
        }
        return List.of(bare(change.name(), Type.ANY, DClass.ANY));
    }

    private static Record bare(String name, int type, int dclass) {
        return Record.newRecord(Records.name(name), type, dclass, 0);
    }

    /**
     * Reads an update.
     *
     * @throws WireParseException when it must be answered with FORMERR
     */
    static Update decode(Message message) throws WireParseException {
        List<Update.Prerequisite> prerequisites = new ArrayList<>();
        List<Record> exactly = new ArrayList<>();
        for (Record record : message.getSection(Section.PREREQ)) {
            need(record.getTTL() == 0, record, "a prerequisite has TTL 0");
            if (record.getDClass() == DClass.IN) {
                need(!META.contains(record.getType()), record, "no record has this type");
                exactly.add(record);
            } else {
                prerequisites.add(prerequisite(record));
            }
        }
        for (RrSet set : Records.sets(exactly)) {
            prerequisites.add(new Update.Exactly(set));
        }
        return new Update(prerequisites, changes(message.getSection(Section.UPDATE)));
    }

    private static Update.Prerequisite prerequisite(Record record) throws WireParseException {
        boolean present = record.getDClass() == DClass.ANY;
        need(present || record.getDClass() == DClass.NONE, record, "the class is not the zone's");
        need(isEmpty(record), record, "this prerequisite has no data");
        if (record.getType() == Type.ANY) {
            String name = Records.key(record).name();
            return present ? new Update.NameInUse(name) : new Update.NameFree(name);
        }
        need(!META.contains(record.getType()), record, "no record has this type");
        return present ? new Update.Exists(Records.key(record)) : new Update.Absent(Records.key(record));
    }

    /** Adjacent additions to one RRset become one change: a thousand of them would cost a million steps. */
    private static List<Update.Change> changes(List<Record> records) throws WireParseException {
        List<Update.Change> changes = new ArrayList<>();
        int at = 0;
        while (at < records.size()) {
            int end = at + 1;
            while (end < records.size() && joins(records.get(at), records.get(end))) {
                end++;
            }
            changes.add(change(records.subList(at, end)));
            at = end;
        }
        return changes;
    }

    private static boolean joins(Record first, Record next) {
        return first.getDClass() == DClass.IN
                && next.getDClass() == DClass.IN
                && first.getTTL() == next.getTTL()
                && Records.key(first).equals(Records.key(next));
    }

    private static Update.Change change(List<Record> run) throws WireParseException {
        Record record = run.get(0);
        if (record.getDClass() == DClass.IN) {
            need(!META.contains(record.getType()), record, "no record has this type");
            return new Update.Add(Records.sets(run).get(0));
        }
        need(record.getTTL() == 0, record, "a deletion has TTL 0");
        if (record.getDClass() == DClass.NONE) {
            need(!META.contains(record.getType()), record, "no record has this type");
            return new Update.Remove(Records.sets(run).get(0));
        }
        need(record.getDClass() == DClass.ANY, record, "the class is not the zone's");
        need(isEmpty(record), record, "this deletion has no data");
        if (record.getType() == Type.ANY) {
            return new Update.DeleteName(Records.key(record).name());
        }
        need(!META.contains(record.getType()), record, "no record has this type");
        return new Update.Delete(Records.key(record));
    }

    private static boolean isEmpty(Record record) {
        return record.rdataToWireCanonical().length == 0;
    }

    private static void need(boolean condition, Record record, String otherwise) throws WireParseException {
        if (!condition) {
            throw new WireParseException(Records.key(record) + ": " + otherwise);
        }
    }
}
