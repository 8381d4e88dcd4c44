package org.sipring.dns.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sipring.api.Ticker;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.ZoneData;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * What the name server of one zone does about a message: pure, but for TSIG's clock and remembered answers. Callable from any
 * thread. It answers for its own zone only, takes updates and zone transfers only under its TSIG key, and refuses the
 * rest.
 */
public final class Responder {
    private final Name origin;
    private final Signer signer;

    /** Replaced when the zone changes; two threads that replace it at once lose nothing but work. */
    private volatile Prepared prepared;

    /**
     * Answers for one zone.
     *
     * @param origin the zone's apex: absolute
     * @param key who may update and transfer the zone
     * @param ticker tells the time of day
     */
    public Responder(String origin, TsigKey key, Ticker ticker) {
        this.origin = Records.name(origin);
        this.signer = new Signer(key, new TickerClock(ticker));
        this.prepared = new Prepared(ZoneData.fresh(origin, 0));
    }

    /**
     * Reads a message and decides.
     *
     * @param bytes the message as it came
     * @param tcp whether it came over TCP
     * @param zone the zone now
     * @return what to do
     */
    public Reaction react(byte[] bytes, boolean tcp, ZoneData zone) {
        // A response is never answered: two servers would answer each other for ever.
        if (bytes.length < Header.LENGTH || (bytes[2] & 0x80) != 0) {
            return new Reaction.Silence();
        }
        int opcode = (bytes[2] >> 3) & 0xF;
        if (opcode != Opcode.QUERY && opcode != Opcode.UPDATE) {
            return bare(bytes, Rcode.NOTIMP);
        }
        try {
            return react(Request.read(bytes, tcp), zone);
        } catch (WireParseException e) {
            return bare(bytes, Rcode.FORMERR);
        }
    }

    private static Reaction bare(byte[] bytes, int rcode) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Header header = new Header(in.getShort(0) & 0xFFFF);
        header.setOpcode((bytes[2] >> 3) & 0xF);
        if ((bytes[2] & 0x01) != 0) {
            header.setFlag(Flags.RD);
        }
        return reply(Request.bare(header, rcode).toWire());
    }

    private static Reaction reply(byte[] message) {
        return new Reaction.Reply(List.of(message));
    }

    private Reaction react(Request request, ZoneData zone) throws WireParseException {
        OPTRecord opt = request.opt();
        if (opt != null && opt.getVersion() > 0) {
            return reply(request.answer(Rcode.BADVERS).toWire(request.limit()));
        }
        if (request.tsig() != null) {
            int error = signer.judge(request);
            if (error != Rcode.NOERROR) {
                return reply(signer.sealed(request, request.answer(Rcode.NOTAUTH), error));
            }
        }
        return request.header().getOpcode() == Opcode.UPDATE ? update(request) : query(request, zone);
    }

    /** RFC 2136 sections 3.1 and 3.3; the rest is {@link ZoneData}'s. */
    private Reaction update(Request request) throws WireParseException {
        Record named = request.question();
        if (named.getType() != Type.SOA) {
            throw new WireParseException("the zone section names a SOA");
        }
        if (!named.getName().equals(origin) || named.getDClass() != DClass.IN) {
            return refuse(request, Rcode.NOTAUTH);
        }
        if (request.tsig() == null) {
            return refuse(request, Rcode.REFUSED);
        }
        Update update = UpdateMessage.decode(request.message());
        return new Reaction.Change(update, rcode -> signer.sealed(request, request.answer(rcode.code())));
    }

    private Reaction refuse(Request request, int rcode) {
        return reply(signer.sealed(request, request.answer(rcode)));
    }

    private Reaction query(Request request, ZoneData zone) {
        Record question = request.question();
        if (question.getDClass() != DClass.IN) {
            return refuse(request, Rcode.REFUSED);
        }
        if (question.getType() == Type.AXFR || question.getType() == Type.IXFR) {
            boolean allowed = request.tsig() != null
                    && request.tcp()
                    && question.getName().equals(origin);
            // RFC 1995 section 4: a whole zone is a good answer to IXFR.
            return allowed
                    ? new Reaction.Reply(Transfer.messages(request, zone, signer))
                    : refuse(request, Rcode.REFUSED);
        }
        Prepared now = prepared.of(zone);
        prepared = now;
        return reply(signer.sealed(request, answer(request, now.query(Records.key(question)))));
    }

    private static Message answer(Request request, Prepared.Found found) {
        Message answer = request.answer(found.rcode().code());
        if (found.rcode() != org.sipring.dns.zone.Rcode.REFUSED) {
            answer.getHeader().setFlag(Flags.AA);
        }
        // Clients that take the first address share the load: the request's number, which is random, turns the set.
        List<Record> turned = new ArrayList<>(found.answer());
        Collections.rotate(turned, request.header().getID());
        turned.forEach(record -> answer.addRecord(record, Section.ANSWER));
        found.authority().forEach(record -> answer.addRecord(record, Section.AUTHORITY));
        found.additional().forEach(record -> answer.addRecord(record, Section.ADDITIONAL));
        return answer;
    }
}
