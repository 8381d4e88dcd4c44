package org.sipring.dns.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * A message that came in, read with distrust.
 *
 * @param message as the vendor reads it
 * @param bytes as they came
 * @param tcp whether it came over TCP
 */
record Request(Message message, byte[] bytes, boolean tcp) {
    /** RFC 1035 section 2.3.4. */
    private static final int PLAIN_UDP = 512;

    /** What passes every usual path unfragmented; larger offers of clients are not used (DNS flag day 2020). */
    static final int EDNS_UDP = 1232;

    private static final int SMALLEST_QUESTION = 5;
    private static final int SMALLEST_RECORD = 11;

    /**
     * Reads a message.
     *
     * @throws WireParseException when it must be answered with FORMERR
     */
    static Request read(byte[] bytes, boolean tcp) throws WireParseException {
        refuseLies(bytes);
        Message message;
        try {
            message = new Message(bytes);
        } catch (IOException | RuntimeException e) {
            throw new WireParseException("unreadable", e);
        }
        Request request = new Request(message, bytes, tcp);
        need(message.numBytes() == bytes.length, "something follows the message");
        need(message.getSection(Section.QUESTION).size() == 1, "one question is needed");
        List<Record> extra = message.getSection(Section.ADDITIONAL);
        need(count(extra, Type.OPT) <= 1, "more than one OPT (RFC 6891 section 6.1.1)");
        need(count(extra, Type.TSIG) <= 1, "more than one TSIG");
        need(request.opt() == null || request.opt().getName().labels() == 1, "OPT is the root's");
        return request;
    }

    /** The vendor reserves room for as many records as the header claims, and forgives errors in cut messages. */
    private static void refuseLies(byte[] bytes) throws WireParseException {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int questions = header.getShort(4) & 0xFFFF;
        int records = (header.getShort(6) & 0xFFFF) + (header.getShort(8) & 0xFFFF) + (header.getShort(10) & 0xFFFF);
        long least = Header.LENGTH + (long) questions * SMALLEST_QUESTION + (long) records * SMALLEST_RECORD;
        need(least <= bytes.length, "the header claims more than there is");
        need((bytes[2] & 0x02) == 0, "a request is never truncated");
    }

    private static long count(List<Record> records, int type) {
        return records.stream().filter(record -> record.getType() == type).count();
    }

    private static void need(boolean condition, String otherwise) throws WireParseException {
        if (!condition) {
            throw new WireParseException(otherwise);
        }
    }

    Header header() {
        return message.getHeader();
    }

    Record question() {
        return message.getSection(Section.QUESTION).get(0);
    }

    @Nullable
    OPTRecord opt() {
        return message.getOPT();
    }

    @Nullable
    TSIGRecord tsig() {
        return message.getTSIG();
    }

    /** How long the answer may be (RFC 6891 section 6.2.3). */
    int limit() {
        if (tcp) {
            return Message.MAXLENGTH;
        }
        OPTRecord opt = opt();
        return opt == null ? PLAIN_UDP : Math.min(EDNS_UDP, Math.max(PLAIN_UDP, opt.getPayloadSize()));
    }

    /** An answer without anything in it yet: the question again, and an OPT where one came. */
    Message answer(int rcode) {
        Message answer = bare(header(), rcode & 0xF);
        answer.addRecord(question(), Section.QUESTION);
        OPTRecord opt = opt();
        if (opt != null) {
            // RFC 3225 section 3: the DO bit is copied.
            int flags = opt.getFlags() & 0x8000;
            answer.addRecord(new OPTRecord(EDNS_UDP, rcode >> 4, 0, flags), Section.ADDITIONAL);
        }
        return answer;
    }

    /** An answer that is no more than a header. */
    static Message bare(Header request, int rcode) {
        Message answer = new Message(request.getID());
        Header header = answer.getHeader();
        header.setOpcode(request.getOpcode());
        header.setFlag(Flags.QR);
        if (request.getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        header.setRcode(rcode);
        return answer;
    }
}
