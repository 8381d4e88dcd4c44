package org.sipring.dns.wire;

import java.util.ArrayList;
import java.util.List;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.ZoneData;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/** A zone transfer (RFC 5936 section 2.2): the SOA, everything else, the SOA again; each message signed. */
final class Transfer {
    /** Leaves room for the header and the signature below 64 KiB. */
    private static final int FULL = 60_000;

    private Transfer() {}

    static List<byte[]> messages(Request request, ZoneData zone, Signer signer) {
        TSIG.StreamGenerator stream = new TSIG.StreamGenerator(signer.tsig(), request.tsig());
        List<byte[]> messages = new ArrayList<>();
        Message message = empty(request);
        int size = 0;
        for (Record record : records(zone)) {
            int length = record.toWire(Section.ANSWER).length;
            if (size + length > FULL) {
                messages.add(sealed(stream, message));
                message = empty(request);
                size = 0;
            }
            message.addRecord(record, Section.ANSWER);
            size += length;
        }
        messages.add(sealed(stream, message));
        return messages;
    }

    private static List<Record> records(ZoneData zone) {
        RrKey soa = new RrKey(zone.origin(), "SOA");
        List<Record> ends = Records.of(zone.get(soa).orElseThrow());
        List<Record> records = new ArrayList<>(ends);
        for (RrSet set : zone.sets().values()) {
            if (!set.key().equals(soa)) {
                records.addAll(Records.of(set));
            }
        }
        records.addAll(ends);
        return records;
    }

    private static Message empty(Request request) {
        Message message = Request.bare(request.header(), 0);
        message.getHeader().setFlag(Flags.AA);
        message.addRecord(request.question(), Section.QUESTION);
        return message;
    }

    private static byte[] sealed(TSIG.StreamGenerator stream, Message message) {
        stream.generate(message);
        return message.toWire();
    }
}
