package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.records.Calls;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transport.Flow;

/**
 * Requests within a dialog: an authenticated Route of ours names the phone, or the other domain, that they are for. Lives in
 * one loop.
 */
final class DialogRequests {
    private final Forwarding forwarding;
    private final Locations locations;
    private final Border border;
    private final DialogPhone phone;

    DialogRequests(Forwarding forwarding, Locations locations, Border border) {
        this.forwarding = forwarding;
        this.locations = locations;
        this.border = border;
        phone = new DialogPhone(locations, forwarding.finder());
    }

    /** A request for a phone. */
    void toEdge(ServerTransaction transaction, RouteSet routeSet, OurUris uris, Edge edge) {
        Runnable nobody = () -> sent(transaction, routeSet.ofNobody(), uris, edge);
        if (transaction.flow().node().isPresent()) {
            sent(transaction, routeSet, uris, edge);
        } else if (routeSet.sender().isPresent() && Calls.countsWithin(routeSet.request())) {
            border.isFrom(
                    hearing(transaction),
                    transaction.flow(),
                    routeSet.sender().get(),
                    () -> sent(transaction, routeSet, uris, edge),
                    nobody);
        } else {
            nobody.run();
        }
    }

    // Its sender is known by now, or never.
    private void sent(ServerTransaction transaction, RouteSet routeSet, OurUris uris, Edge edge) {
        SipMessage request = routeSet.request();
        forwarding
                .story(request)
                .note(Decision.FOR_PHONE, edge.aor(), edge.flow().node());
        Optional<Party> target = Optional.of(edge)
                .filter(phone -> !isAnothers(routeSet, uris, phone))
                .map(Party::phone);
        forwarding.calls().within(transaction, new Calls.Way(routeSet.sender(), target, () -> follower(routeSet)));
        if (transaction.flow().node().isPresent() && !Methods.registers(request)) {
            // The node that sent it has chosen this edge; only it may choose another. So that it can, it hears no 100
            // before the phone is heard.
            List<Target> here = here(Target.of(request.requestUri(), edge));
            forwarding.forward(transaction, forwarding.within(routeSet), Callee.one(here), null);
        } else if (!Methods.inDialog(request)) {
            Answers.refuse(transaction, routeSet, 403, "Route Is For Dialogs Only");
        } else {
            Answers.trying(transaction);
            ResponseContext.Rescue rescue = rescue(hearing(transaction), edge, request);
            phone.find(
                    hearing(transaction),
                    routeSet,
                    edge,
                    uris,
                    flows -> forwarding.forward(transaction, forwarding.within(routeSet), Callee.one(flows), rescue));
        }
    }

    // A GRUU leads to its own phone, whatever a token says.
    private static boolean isAnothers(RouteSet routeSet, OurUris uris, Edge edge) {
        return routeSet.request()
                .requestSipUri()
                .flatMap(uris::phone)
                .filter(gruu -> !gruu.user().equals(edge.aor()))
                .isPresent();
    }

    // The node of the caller's flow follows the call, and a call from another domain has none there that is known
    // here. Whoever hears a request in place of the sender's own node goes round that one, which may be the caller's;
    // where it is the sender's own, the call is followed there, or at the other side's.
    private Optional<NodeId> follower(RouteSet routeSet) {
        NodeId self = forwarding.platform().self();
        boolean here = routeSet.sender()
                .flatMap(Party::edge)
                .filter(edge -> edge.flow().node().equals(self))
                .isPresent();
        return here && routeSet.tokens().stream().map(Edge::flow).allMatch(this::lives)
                ? routeSet.edge().map(edge -> edge.flow().node())
                : Optional.empty();
    }

    // A node that has started again follows no call of its life before.
    private boolean lives(FlowRef flow) {
        return forwarding
                .platform()
                .view()
                .member(flow.node())
                .filter(member -> member.boot() == flow.boot())
                .isPresent();
    }

    private Hearing hearing(ServerTransaction transaction) {
        return Hearing.of(transaction, forwarding.layer());
    }

    private DialogRescue rescue(Hearing hearing, Edge edge, SipMessage request) {
        return new DialogRescue(locations, hearing, forwarding.finder(), edge, request);
    }

    private List<Target> here(Target target) {
        return forwarding.finder().way(target.edge()).here() ? List.of(target) : List.of();
    }

    /** A request for another domain, from a phone of ours. */
    void abroad(ServerTransaction transaction, RouteSet routeSet) {
        SipMessage request = routeSet.request();
        forwarding.story(request).note(Decision.FOR_HOST, routeSet.abroad().orElse(""));
        Optional<Party> target = routeSet.abroad().map(Party::abroad);
        forwarding.calls().within(transaction, new Calls.Way(routeSet.sender(), target, () -> follower(routeSet)));
        if (!Methods.inDialog(request)) {
            Answers.refuse(transaction, routeSet, 403, "Route Is For Dialogs Only");
        } else {
            Answers.trying(transaction);
            border.pass(
                    hearing(transaction),
                    transaction.flow(),
                    routeSet,
                    new Border.Passage(
                            next -> border.leave(transaction, forwarding.leaving(routeSet, Optional.empty()), next),
                            () -> transaction.respond(403, "Not Your Dialog's Peer")));
        }
    }

    /** An ACK of a 2xx. */
    void ack(Flow flow, RouteSet routeSet, OurUris uris) {
        if (routeSet.edge().isPresent()) {
            ack(flow, routeSet, uris, routeSet.edge().get());
        } else if (routeSet.abroad().isPresent()) {
            ForwardedRequest leaving = forwarding.leaving(routeSet, Optional.empty());
            border.pass(
                    Hearing.ofAck(forwarding.layer()),
                    flow,
                    routeSet,
                    new Border.Passage(next -> border.ack(leaving, next), () -> {}));
        }
    }

    private void ack(Flow flow, RouteSet routeSet, OurUris uris, Edge edge) {
        SipMessage ack = routeSet.request();
        if (flow.node().isPresent()) {
            here(Target.of(ack.requestUri(), edge)).forEach(target -> forwarding.ack(routeSet, target));
            return;
        }
        Hearing hearing = Hearing.ofAck(forwarding.layer());
        DialogRescue rescue = rescue(hearing, edge, ack);
        phone.find(hearing, routeSet, edge, uris, flows -> {
            if (flows.isEmpty()) {
                rescue.find(
                        targets -> targets.stream().findFirst().ifPresent(other -> forwarding.ack(routeSet, other)));
            } else {
                forwarding.ack(routeSet, flows.get(0));
            }
        });
    }
}
