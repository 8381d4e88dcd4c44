package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Journal;
import org.sipring.proxy.journal.Story;
import org.sipring.proxy.records.Calls;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;

/**
 * How requests are sent on to phones of the platform. Lives in one loop.
 *
 * @param platform what all loops share
 * @param layer the loop's transactions
 * @param finder finds the way to a phone
 * @param journal where decisions are noted
 * @param calls records calls
 */
record Forwarding(Platform platform, TransactionLayer layer, WayFinder finder, Journal journal, Calls calls) {
    /** What is noted of a request's call. */
    Story story(SipMessage request) {
        return new Story(journal, request.callId());
    }

    /** A request within a dialog: nobody proves who it is there, and who came over a node's link has been proved. */
    ForwardedRequest within(RouteSet routeSet) {
        return of(routeSet, Optional.empty(), Optional.empty());
    }

    /** A request of a caller whose identity has been proved, and the Record-Route that leads back to it. */
    ForwardedRequest of(RouteSet routeSet, Optional<String> identity, Optional<String> back) {
        return new ForwardedRequest(identity, routeSet, platform, back, LoopMark.of(routeSet.request()));
    }

    /** A request on its way to another domain. */
    ForwardedRequest leaving(RouteSet routeSet, Optional<String> back) {
        return ForwardedRequest.leaving(routeSet, platform, back);
    }

    /** The Record-Route that a request needs to lead back: none where it begins no dialog. */
    static Optional<String> back(RouteSet routeSet, Supplier<String> backTo) {
        return ForwardedRequest.beginsDialog(routeSet.request()) ? Optional.of(backTo.get()) : Optional.empty();
    }

    /** Sends a request on to phones, round by round. */
    void forward(
            ServerTransaction transaction,
            ForwardedRequest forwarded,
            List<List<Callee>> rounds,
            ResponseContext.@Nullable Rescue rescue) {
        if (!refused(transaction, forwarded)) {
            ResponseContext context = new ResponseContext(transaction, outgoing(transaction, forwarded), rescue);
            transaction.onCancel(context::cancel);
            context.start(rounds);
        }
    }

    Outgoing outgoing(ServerTransaction transaction, ForwardedRequest forwarded) {
        return new Outgoing(transaction, layer, finder, forwarded, story(forwarded.request()), calls);
    }

    /** Whether a request needs no sending any more, or may have no branch: RFC 5393 section 5.3.3. */
    static boolean refused(ServerTransaction transaction, ForwardedRequest forwarded) {
        if (!transaction.answered() && forwarded.request().maxBreadth().orElse(1) == 0) {
            transaction.respond(440);
        }
        return transaction.answered();
    }

    /** Sends an ACK of a 2xx on, over a new connection where the phone's own is closed. */
    void ack(RouteSet routeSet, Target target) {
        // It has no branch that anybody would know again.
        ForwardedRequest forwarded = new ForwardedRequest(Optional.empty(), routeSet, platform, Optional.empty(), "");
        Story story = story(routeSet.request());
        finder.open(target, found -> {
            Optional<OpenWay> open = found.way();
            open.ifPresentOrElse(
                    way -> story.note(Decision.ACKNOWLEDGED, target.uri(), way.flow()),
                    () -> story.note(Decision.NO_WAY, target.uri()));
            boolean sent = open.isPresent()
                    && layer.sendAck(
                            forwarded.to(target, open.get(), layer.loop()),
                            open.get().flow());
            if (!sent && target.renewable() && finder.way(target.edge()).here()) {
                ack(routeSet, target.renewed());
            }
        });
    }
}
