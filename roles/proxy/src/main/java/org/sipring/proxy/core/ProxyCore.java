package org.sipring.proxy.core;

import java.util.Optional;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Journal;
import org.sipring.proxy.journal.Story;
import org.sipring.proxy.records.Calls;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transaction.TransactionUser;
import org.sipring.sip.transport.Flow;

/**
 * The proxy of one loop: RFC 3261 section 16. Forwards to the platform's own phones: to their registered contacts when the
 * caller may call, and within a dialog to the edge that an authenticated Route names; and to other domains as the {@link
 * Border} lets pass.
 */
public final class ProxyCore implements TransactionUser {
    private final Platform platform;
    private final TransactionLayer layer;
    private final Forwarding forwarding;
    private final Border border;
    private final DialogRequests dialogs;
    private final NewRequests others;

    /**
     * What the proxy asks others.
     *
     * @param registrations works on REGISTER, and forgets what leads nowhere
     * @param admission decides who may call
     * @param locations finds who is called
     * @param foreign other domains
     */
    public record Services(Registrations registrations, Admission admission, Locations locations, Foreign foreign) {}

    /**
     * The proxy of one loop.
     *
     * @param platform what all loops share
     * @param layer the loop's transactions
     * @param services what it asks others
     * @param journal where it notes what it decides
     * @param calls records calls
     */
    public ProxyCore(Platform platform, TransactionLayer layer, Services services, Journal journal, Calls calls) {
        this.platform = platform;
        this.layer = layer;
        WayFinder finder = new WayFinder(platform, layer.loop(), services.registrations());
        forwarding = new Forwarding(platform, layer, finder, journal, calls);
        border = new Border(forwarding, services);
        dialogs = new DialogRequests(forwarding, services.locations(), border);
        others = new NewRequests(forwarding, services, border);
    }

    /**
     * The proxy of one loop, which notes nothing.
     *
     * @param platform what all loops share
     * @param layer the loop's transactions
     * @param services what it asks others
     */
    public ProxyCore(Platform platform, TransactionLayer layer, Services services) {
        this(platform, layer, services, Journal.NONE, Calls.NONE);
    }

    private RouteSet routeSet(Flow from, SipMessage request) {
        return new RouteSet.Reader(platform.routes(), uris()).read(border.believed(request, from));
    }

    private OurUris uris() {
        return new OurUris(platform.names(), layer.loop());
    }

    @Override
    public void request(ServerTransaction transaction) {
        Aliases.note(transaction, layer.loop());
        tell(transaction);
        RouteSet routeSet = routeSet(transaction.flow(), transaction.request());
        Optional<Refusal> refusal = Refusal.check(transaction.request(), endsHere(routeSet));
        if (refusal.isPresent()) {
            Answers.refuse(transaction, routeSet, refusal.get().response(transaction));
        } else if (Sips.betrayed(routeSet.request(), transaction.flow())) {
            Answers.refuse(transaction, routeSet, 403, "SIPS Needs TLS");
        } else if (routeSet.edge().isPresent()) {
            // Routes behind it are hops between the edge and the phone: they are followed over its flow only.
            dialogs.toEdge(transaction, routeSet, uris(), routeSet.edge().get());
        } else if (routeSet.abroad().isPresent()) {
            dialogs.abroad(transaction, routeSet);
        } else if (routeSet.foreign()) {
            Answers.refuse(transaction, routeSet, 403, "Not Our Route");
        } else if (transaction.flow().node().isPresent()) {
            transaction.respond(403, "Nodes Forward To Edges Only");
        } else {
            others.take(transaction, routeSet, uris());
        }
    }

    private void tell(ServerTransaction transaction) {
        SipMessage request = transaction.request();
        if (!Methods.registers(request)) {
            Story story = forwarding.story(request);
            Flow from = transaction.flow();
            story.note(
                    Decision.RECEIVED,
                    request.method(),
                    request.requestUri(),
                    from,
                    request.from().uri());
            transaction.onFinal(response -> story.note(Decision.ANSWERED, response.status(), response.reason(), from));
        }
    }

    // The platform itself is asked: no phone is to get the request.
    private boolean endsHere(RouteSet routeSet) {
        SipMessage request = routeSet.request();
        return routeSet.edge().isEmpty()
                && routeSet.abroad().isEmpty()
                && !routeSet.foreign()
                && request.requestSipUri()
                        .filter(asked ->
                                Methods.registers(request) || asked.user().isEmpty())
                        .filter(uris()::answersFor)
                        .isPresent();
    }

    @Override
    public void ack(Flow flow, SipMessage ack) {
        RouteSet routeSet = routeSet(flow, ack);
        if (Methods.inDialog(ack) && ack.maxForwards().orElse(1) > 0) {
            dialogs.ack(flow, routeSet, uris());
        }
    }
}
