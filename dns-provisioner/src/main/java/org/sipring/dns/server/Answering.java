package org.sipring.dns.server;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.sipring.dns.wire.Reaction;
import org.sipring.dns.wire.Responder;
import org.sipring.dns.zone.Rcode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries messages between the sockets and the zone. Callable from any thread. */
final class Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

    private final Responder responder;
    private final ServedZone zone;
    private final Executor owner;

    /**
     * Connects the parts.
     *
     * @param owner the zone's only writer: one thread, with a bounded queue
     */
    Answering(Responder responder, ServedZone zone, Executor owner) {
        this.responder = responder;
        this.zone = zone;
        this.owner = owner;
    }

    /**
     * Answers a message.
     *
     * @param answer called once: with nothing when there shall be no answer; in the calling thread, or in the owner's
     */
    void answer(byte[] bytes, boolean tcp, Consumer<List<byte[]>> answer) {
        Reaction reaction;
        try {
            reaction = responder.react(bytes, tcp, zone.now());
        } catch (RuntimeException e) {
            // A bug here, or in the vendor's parser, must cost no more than this one message.
            LOG.warn("a message of {} bytes could not be answered", bytes.length, e);
            reaction = new Reaction.Silence();
        }
        if (reaction instanceof Reaction.Reply reply) {
            answer.accept(reply.messages());
        } else if (reaction instanceof Reaction.Change change) {
            change(change, answer);
        } else {
            answer.accept(List.of());
        }
    }

    private void change(Reaction.Change change, Consumer<List<byte[]>> answer) {
        try {
            owner.execute(() -> answer.accept(List.of(change.reply().apply(applied(change)))));
        } catch (RejectedExecutionException e) {
            answer.accept(List.of(change.reply().apply(Rcode.SERVFAIL)));
        }
    }

    private Rcode applied(Reaction.Change change) {
        try {
            Rcode rcode = zone.apply(change.update());
            LOG.debug("update of {} changes: {}", change.update().changes().size(), rcode);
            return rcode;
        } catch (RuntimeException e) {
            LOG.warn("an update could not be applied", e);
            return Rcode.SERVFAIL;
        }
    }
}
