package org.sipring.proxy.core;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.sipring.api.Ticker;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.journal.Story;
import org.sipring.proxy.records.Calls;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipUri;
import org.sipring.sip.transaction.ClientEvents;
import org.sipring.sip.transaction.ClientTransaction;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transport.Flow;

/**
 * A request on its way out, and what sends it. Lives in one loop.
 *
 * @param server what was asked: it ends when any of the work on it fails
 * @param layer the loop's transactions
 * @param finder finds the way to a phone
 * @param forwarded what is sent
 * @param story what is noted of its call
 * @param calls records calls
 */
record Outgoing(
        ServerTransaction server,
        TransactionLayer layer,
        WayFinder finder,
        ForwardedRequest forwarded,
        Story story,
        Calls calls) {
    Ticker ticker() {
        return layer.loop().ticker();
    }

    /** Goes on with the work when others have answered. */
    <T> void hear(CompletionStage<T> stage, Consumer<T> then, Runnable failed) {
        layer.hear(server, stage, then, failed);
    }

    private Runnable guarded(Runnable task) {
        return () -> server.work(task);
    }

    /** The same for what is heard by a call-back. */
    <T> Consumer<T> guarded(Consumer<T> then) {
        return value -> server.work(() -> then.accept(value));
    }

    boolean invites() {
        return forwarded.request().method().equals("INVITE");
    }

    Ringing ringing() {
        return forwarded.platform().ringing();
    }

    Ticker.Timer after(Duration delay, Runnable task) {
        return ticker().after(delay, guarded(task));
    }

    /** The request for a phone, as the next step of its history. */
    MessageBuilder to(Target target, OpenWay open, int breadth, History.Step step) {
        MessageBuilder message =
                forwarded.to(target, open, layer.loop()).set(HeaderName.MAX_BREADTH, Integer.toString(breadth));
        step.onto(message, target.uri());
        return message;
    }

    /** The way of the request's call to a URI of another domain, which may name {@code allowed} hosts as its own. */
    ForeignLeg leg(SipUri next, Flow flow, Predicate<String> allowed) {
        return ForeignLeg.of(
                forwarded.platform(),
                layer.loop(),
                flow.transport(),
                forwarded.request(),
                Party.abroad(Foreign.host(next), forwarded.origin().orElse("")),
                allowed);
    }

    ClientTransaction send(MessageBuilder message, Flow flow, ClientEvents events) {
        return layer.send(message, flow, forwarded.mark(), new GuardedEvents(server, events));
    }
}
