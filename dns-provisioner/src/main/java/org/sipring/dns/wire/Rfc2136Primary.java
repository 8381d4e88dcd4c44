package org.sipring.dns.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.Ticker;
import org.sipring.dns.zone.NoKeyException;
import org.sipring.dns.zone.NotAuthenticException;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.MessageSizeExceededException;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.WireParseException;

/**
 * A real primary name server, over TCP, each operation on a connection of its own: an answer can only be the answer to
 * what was just sent, and a broken connection says nothing about an earlier operation. Queries are signed as well, so
 * that what is planned from their answers is what the server said.
 *
 * <p>The room is a thread of this primary's own: it waits there for the network, at most the limit for each operation.
 * Operations run one after another in the order of the calls, so at most one update is outstanding. Completions run in
 * the room.
 */
public final class Rfc2136Primary implements Primary {
    /** Long enough for a slow disk under the server, short enough for a dead node to leave DNS within 3 s. */
    public static final Duration USUAL_LIMIT = Duration.ofMillis(2500);

    /** Queries on their way at once, so that neither side's socket buffers can fill up. */
    private static final int WINDOW = 16;

    private final InetSocketAddress server;
    private final Name zone;
    private final Supplier<Optional<TsigKey>> key;
    private final Duration limit;
    private final Ticker room;
    private final Chance chance;

    /**
     * Names the server; connects to nothing yet.
     *
     * @param server its address, resolved
     * @param zone the zone's apex: absolute
     * @param key what it shares with us; asked for each operation, which fails with {@link NoKeyException} while there is none
     * @param limit for each operation as a whole, such as {@link #USUAL_LIMIT}
     * @param room a thread of its own, since it waits there
     * @param chance numbers the messages
     */
    public Rfc2136Primary(
            InetSocketAddress server,
            String zone,
            Supplier<Optional<TsigKey>> key,
            Duration limit,
            Ticker room,
            Chance chance) {
        this.server = server;
        this.zone = Records.name(zone);
        this.key = key;
        this.limit = limit;
        this.room = room;
        this.chance = chance;
    }

    @Override
    public CompletionStage<Map<RrKey, RrSet>> read(Set<RrKey> keys) {
        return inRoom(() -> readNow(keys));
    }

    @Override
    public CompletionStage<UpdateResult> update(Update update) {
        return inRoom(() -> updateNow(update));
    }

    private <T> CompletionStage<T> inRoom(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        room.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private TSIG signer() throws IOException {
        return key.get()
                .orElseThrow(() -> new NoKeyException(at() + ": there is no key to sign with"))
                .signer(new TickerClock(room));
    }

    private UpdateResult updateNow(Update update) throws IOException {
        TSIG signer = signer();
        Message message = UpdateMessage.encode(update, zone, chance.below(0x10000));
        byte[] bytes = signed(message, signer);
        TSIGRecord asked = new Message(bytes).getTSIG();
        try (TcpExchange exchange = TcpExchange.open(Deadline.in(limit, room, server))) {
            exchange.send(bytes);
            byte[] in = exchange.receive();
            Message answer = new Message(in);
            need(answer.getHeader().getID() == message.getHeader().getID(), "it answered another message");
            need(answer.getHeader().getOpcode() == Opcode.UPDATE, "it answered with another opcode");
            need(answer.getHeader().getFlag(Flags.QR), "it answered with a request");
            return result(answer, signer.verify(answer, in, asked));
        }
    }

    /** Only a good signature can say that the update was applied, or that a prerequisite failed. */
    private UpdateResult result(Message answer, int signature) throws IOException {
        int rcode = answer.getHeader().getRcode();
        boolean forged = signature != Rcode.NOERROR && signature != Rcode.FORMERR;
        if (forged && rcode != Rcode.NOTAUTH) {
            throw new IOException(at() + " signed its answer wrongly (" + Rcode.TSIGstring(signature) + ")");
        }
        UpdateResult result =
                switch (rcode) {
                    case Rcode.NOERROR -> UpdateResult.APPLIED;
                    case Rcode.NXDOMAIN, Rcode.YXDOMAIN, Rcode.NXRRSET, Rcode.YXRRSET ->
                        UpdateResult.PREREQUISITE_FAILED;
                    case Rcode.NOTAUTH -> UpdateResult.NOT_AUTHENTIC;
                    default -> UpdateResult.REFUSED;
                };
        boolean needsProof = result == UpdateResult.APPLIED || result == UpdateResult.PREREQUISITE_FAILED;
        need(!needsProof || signature == Rcode.NOERROR, "it did not sign its answer");
        return result;
    }

    private Map<RrKey, RrSet> readNow(Set<RrKey> keys) throws IOException {
        Deque<RrKey> waiting = new ArrayDeque<>(keys);
        Map<Integer, Asked> asked = new HashMap<>();
        Map<RrKey, RrSet> found = new LinkedHashMap<>();
        int id = chance.below(0x10000);
        TSIG signer = signer();
        try (TcpExchange exchange = TcpExchange.open(Deadline.in(limit, room, server))) {
            while (!waiting.isEmpty() || !asked.isEmpty()) {
                while (!waiting.isEmpty() && asked.size() < WINDOW) {
                    id = (id + 1) & 0xFFFF;
                    asked.put(id, ask(exchange, waiting.remove(), id, signer));
                }
                byte[] in = exchange.receive();
                Message answer = new Message(in);
                Asked question = asked.remove(answer.getHeader().getID());
                if (question == null) {
                    throw new WireParseException(at() + " answered what was not asked");
                }
                read(question, answer, signer.verify(answer, in, question.tsig()))
                        .ifPresent(set -> found.put(set.key(), set));
            }
        }
        return found;
    }

    private static Asked ask(TcpExchange exchange, RrKey key, int id, TSIG signer) throws IOException {
        Message query = new Message(id);
        query.addRecord(
                Record.newRecord(Records.name(key.name()), Records.type(key.type()), DClass.IN), Section.QUESTION);
        byte[] bytes = signed(query, signer);
        exchange.send(bytes);
        return new Asked(key, new Message(bytes).getTSIG());
    }

    private Optional<RrSet> read(Asked asked, Message answer, int signature) throws IOException {
        int rcode = answer.getRcode();
        if (rcode == Rcode.NOTAUTH || signature != Rcode.NOERROR) {
            TSIGRecord tsig = answer.getTSIG();
            int error = tsig == null ? signature : tsig.getError();
            throw new NotAuthenticException(at() + " does not accept our TSIG key (" + Rcode.TSIGstring(error)
                    + "): give both sides the same key file, and check the clocks");
        }
        need(rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN, "it answered " + Rcode.string(rcode));
        need(answer.getHeader().getFlag(Flags.AA), "it is not authoritative for the zone");
        need(!answer.getHeader().getFlag(Flags.TC), "its answer does not fit into one message");
        List<Record> records = answer.getSection(Section.ANSWER).stream()
                .filter(record -> Records.key(record).equals(asked.key()))
                .toList();
        return Records.sets(records).stream().findFirst();
    }

    private static byte[] signed(Message message, TSIG signer) throws IOException {
        message.setTSIG(signer, Rcode.NOERROR, null);
        try {
            return message.toWire(Message.MAXLENGTH, false);
        } catch (MessageSizeExceededException e) {
            throw new IOException("the update does not fit into one message of 64 KiB: send it in parts", e);
        }
    }

    private void need(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(at() + ": " + otherwise + "; is it the zone's primary?");
        }
    }

    private String at() {
        return "name server " + Deadline.text(server) + ", zone " + zone;
    }

    /**
     * A query that waits for its answer.
     *
     * @param key what was asked for
     * @param tsig its signature, which the answer's covers
     */
    private record Asked(RrKey key, TSIGRecord tsig) {}
}
