package org.sipring.dns.wire;

import java.util.List;
import java.util.function.Function;
import org.sipring.dns.zone.Rcode;
import org.sipring.dns.zone.Update;

/** What a server shall do about a message. */
public sealed interface Reaction {
    /** Nothing: an answer would help nobody, or would be answered in turn. */
    record Silence() implements Reaction {}

    /**
     * Sends these messages back, in order.
     *
     * @param messages one; more only for a zone transfer over TCP
     */
    record Reply(List<byte[]> messages) implements Reaction {}

    /**
     * Applies an update, keeps the result safe, and only then answers.
     *
     * @param update from a sender who proved that he has the key
     * @param reply makes the answer from what became of it; callable from any thread
     */
    record Change(Update update, Function<Rcode, byte[]> reply) implements Reaction {}
}
