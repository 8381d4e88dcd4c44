package org.sipring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.ZoneData;
import org.sipring.testkit.SimChance;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/** A client of a {@link Responder}, without sockets. */
final class Asking {
    static final String ORIGIN = "sipring.test.";
    static final TsigKey KEY = TsigKey.generate("sipring", new SimChance(3));
    static final TSIG SIGNER = KEY.signer(Clock.systemUTC());
    static final RrSet LARGE = RrSet.of(
            "_sip._tcp.sipring.test.",
            "SRV",
            30,
            IntStream.range(0, 100)
                    .mapToObj(at -> "10 100 5060 n" + at + ".sipring.test.")
                    .toList());
    static final RrSet MEDIUM = RrSet.of(
            "proxy.sipring.test.",
            "A",
            30,
            IntStream.range(0, 50).mapToObj(at -> "127.0.0." + at).toList());

    private static final Room CLOCK = new Room();

    private final Responder responder = new Responder(ORIGIN, KEY, CLOCK);
    private final ZoneData zone = zone();

    private static ZoneData zone() {
        List<RrSet> sets = new ArrayList<>(ZoneData.fresh(ORIGIN, 7).sets().values());
        sets.add(RrSet.of("ns.sipring.test.", "A", 30, List.of("127.0.0.1")));
        sets.add(LARGE);
        sets.add(MEDIUM);
        return ZoneData.of(ORIGIN, sets);
    }

    static Message query(String name, int type) {
        return query(name, type, DClass.IN);
    }

    static Message query(String name, int type, int dclass) {
        Message message = new Message(4711);
        message.getHeader().setFlag(Flags.RD);
        message.addRecord(Record.newRecord(Records.name(name), type, dclass), Section.QUESTION);
        return message;
    }

    static Message update(Record... records) {
        Message message = new Message(4711);
        message.getHeader().setOpcode(Opcode.UPDATE);
        message.addRecord(Record.newRecord(Records.name(ORIGIN), Type.SOA, DClass.IN), Section.ZONE);
        for (Record record : records) {
            message.addRecord(record, Section.UPDATE);
        }
        return message;
    }

    static Record address(String name) {
        return Records.of(RrSet.of(name, "A", 30, List.of("127.0.0.9"))).get(0);
    }

    static byte[] signed(Message message) {
        message.setTSIG(SIGNER);
        return message.toWire(Message.MAXLENGTH);
    }

    Reaction react(byte[] bytes, boolean tcp) {
        return responder.react(bytes, tcp, zone);
    }

    byte[] bytes(byte[] request, boolean tcp) {
        Reaction reaction = react(request, tcp);
        assertThat(reaction).isInstanceOf(Reaction.Reply.class);
        List<byte[]> messages = ((Reaction.Reply) reaction).messages();
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    Message udp(byte[] request) throws IOException {
        return new Message(bytes(request, false));
    }

    Message udp(Message request) throws IOException {
        return udp(request.toWire());
    }

    Message tcp(Message request) throws IOException {
        return new Message(bytes(request.toWire(), true));
    }
}
