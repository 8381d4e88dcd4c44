package org.sipring.proxy.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.edge.Edge;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
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
    private static final Set<Integer> CHALLENGES = Set.of(401, 407);

    // A ping may be lost on its way, and be sent again by TCP.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final int LOOK_UPS = 4;
    private static final Duration LOOK_UP_PAUSE = Duration.ofSeconds(1);

    private final Platform platform;
    private final TransactionLayer layer;
    private final Services services;
    private final Ticker ticker;
    private final WayFinder finder;
    private final DialogPhone dialogPhone;
    private final Border border;

    /**
     * What the proxy asks others.
     *
     * @param registrations works on REGISTER
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
     */
    public ProxyCore(Platform platform, TransactionLayer layer, Services services) {
        this.platform = platform;
        this.layer = layer;
        this.services = services;
        ticker = layer.loop().ticker();
        finder = new WayFinder(platform, layer.loop());
        dialogPhone = new DialogPhone(services.locations(), layer, finder);
        border = new Border(platform, layer, finder, services);
    }

    private RouteSet routeSet(Flow from, SipMessage request) {
        return new RouteSet.Reader(platform.names(), platform.tokens(), uris())
                .read(border.trusts(from) ? request : TrustDomain.believed(request, from));
    }

    private OurUris uris() {
        return new OurUris(platform.names(), layer.loop());
    }

    @Override
    public void request(ServerTransaction transaction) {
        RouteSet routeSet = routeSet(transaction.flow(), transaction.request());
        Optional<Refusal> refusal = Refusal.check(transaction.request(), endsHere(routeSet));
        if (refusal.isPresent()) {
            SipMessage response = refusal.get().response(transaction);
            refuse(transaction, routeSet, response);
        } else if (Sips.betrayed(routeSet.request(), transaction.flow())) {
            refuse(transaction, routeSet, transaction.response(403, "SIPS Needs TLS"));
        } else if (routeSet.edge().isPresent()) {
            // Routes behind it are hops between the edge and the phone: they are followed over its flow only.
            toEdge(transaction, routeSet, routeSet.edge().get());
        } else if (routeSet.abroad().isPresent()) {
            abroad(transaction, routeSet);
        } else if (routeSet.foreign()) {
            refuse(transaction, routeSet, transaction.response(403, "Not Our Route"));
        } else if (transaction.flow().node().isPresent()) {
            transaction.respond(403, "Nodes Forward To Edges Only");
        } else {
            toPlatform(transaction, routeSet);
        }
    }

    // The platform itself is asked: no phone is to get the request.
    private boolean endsHere(RouteSet routeSet) {
        SipMessage request = routeSet.request();
        Optional<SipUri> uri = request.requestSipUri().filter(uris()::answersFor);
        return routeSet.edge().isEmpty()
                && routeSet.abroad().isEmpty()
                && !routeSet.foreign()
                && uri.filter(asked -> registers(request) || asked.user().isEmpty())
                        .isPresent();
    }

    /** Strangers leave nothing behind, so that a flood of them cannot fill this node. RFC 3261 section 26.3.2.4. */
    private static void refuse(ServerTransaction transaction, RouteSet routeSet, SipMessage response) {
        boolean partner = routeSet.edge().isPresent() && inDialog(transaction.request());
        if (partner || transaction.flow().node().isPresent()) {
            transaction.respond(response);
        } else {
            transaction.respondStateless(response);
        }
    }

    private static boolean inDialog(SipMessage request) {
        return request.toTag().isPresent() && !registers(request);
    }

    // A REGISTER never belongs to a dialog, RFC 3261 section 10.2: no phone is to get one.
    private static boolean registers(SipMessage request) {
        return request.method().equals("REGISTER");
    }

    // RFC 3261 section 17.2.1: the caller repeats an INVITE until it hears something.
    private static void trying(ServerTransaction transaction) {
        if (transaction.request().method().equals("INVITE")) {
            transaction.respond(100);
        }
    }

    private void toEdge(ServerTransaction transaction, RouteSet routeSet, Edge edge) {
        SipMessage request = routeSet.request();
        Target target = Target.of(request.requestUri(), edge);
        if (transaction.flow().node().isPresent() && !registers(request)) {
            // The node that sent it has chosen this edge; only it may choose another.
            trying(transaction);
            forward(transaction, forwarded(routeSet), Callee.one(here(target)), null);
        } else if (!inDialog(request)) {
            refuse(transaction, routeSet, transaction.response(403, "Route Is For Dialogs Only"));
        } else {
            trying(transaction);
            ResponseContext.Rescue rescue = new DialogRescue(services.locations(), layer, finder, edge, request);
            dialogPhone.find(
                    routeSet,
                    edge,
                    uris(),
                    flows -> forward(transaction, forwarded(routeSet), Callee.one(flows), rescue));
        }
    }

    // Within a dialog, from a phone of ours.
    private void abroad(ServerTransaction transaction, RouteSet routeSet) {
        SipMessage request = routeSet.request();
        if (!inDialog(request)) {
            refuse(transaction, routeSet, transaction.response(403, "Route Is For Dialogs Only"));
            return;
        }
        if (Sips.asked(request)) {
            transaction.respond(416);
            return;
        }
        trying(transaction);
        border.pass(
                transaction.flow(),
                routeSet,
                new Border.Passage(
                        next -> border.leave(transaction, leaving(routeSet, Optional.empty()), next),
                        () -> transaction.respond(403, "Not Your Dialog's Peer")));
    }

    private ForwardedRequest leaving(RouteSet routeSet, Optional<String> back) {
        return ForwardedRequest.leaving(routeSet, platform, back);
    }

    private void toPlatform(ServerTransaction transaction, RouteSet routeSet) {
        SipUri uri = routeSet.request().requestSipUri().orElseThrow();
        Optional<Locations.Address> callee = uris().address(uri);
        if (!uris().answersFor(uri)) {
            toOthers(transaction, routeSet, uri);
        } else if (registers(transaction.request())) {
            register(transaction);
        } else if (callee.isPresent() && border.mayEnter(transaction)) {
            Supplier<String> backTo = () -> border.backTo(transaction.flow(), routeSet.request());
            Wish wish = new Wish(callee.get(), () -> transaction.respond(404));
            locate(transaction, routeSet, wish, Optional.empty(), backTo);
        } else if (callee.isPresent()) {
            admit(transaction, caller -> {
                Supplier<String> backTo = () -> backTo(transaction, caller.aor());
                Wish wish = new Wish(callee.get(), () -> dial(transaction, routeSet, caller.identity(), backTo));
                locate(transaction, routeSet, wish, caller.identity(), backTo);
            });
        } else {
            transaction.respondStateless(PlatformAgent.answer(transaction));
        }
    }

    private void toOthers(ServerTransaction transaction, RouteSet routeSet, SipUri uri) {
        if (registers(routeSet.request()) || !border.mayLeave(routeSet.request(), uri)) {
            transaction.respondStateless(transaction.response(403, "No Relay To Other Domains"));
            return;
        }
        if (uri.secure()) {
            // Other domains are spoken to in the clear: nothing may be promised.
            transaction.respondStateless(transaction.response(416));
            return;
        }
        admit(transaction, caller -> leave(transaction, routeSet, uri, caller));
    }

    private void leave(ServerTransaction transaction, RouteSet routeSet, SipUri uri, Verdict.Admitted caller) {
        if (!goesOn(transaction)) {
            return;
        }
        if (!border.isOurUser(caller.aor())) {
            transaction.respond(403, "No Relay To Other Domains");
            return;
        }
        trying(transaction);
        Optional<String> back = back(routeSet, () -> backTo(transaction, caller.aor()));
        border.leave(transaction, leaving(routeSet, back), uri);
    }

    private void register(ServerTransaction transaction) {
        if (transaction.request().to().sipUri().isEmpty()) {
            // RFC 3261 section 10.2: an address-of-record is a SIP or SIPS URI.
            transaction.respondStateless(transaction.response(400, "To Needs A SIP URI"));
            return;
        }
        layer.hear(
                services.registrations().register(transaction.request(), transaction.flow()),
                response -> {
                    answer(transaction, response);
                    expectKeepAlives(transaction.flow(), response);
                },
                transaction::respondUnavailable);
    }

    // RFC 5626 section 4.4: a phone that was told how often to send, and does not, is gone. Then its flow is broken for
    // whoever calls it, instead of silent.
    private void expectKeepAlives(Flow flow, SipMessage response) {
        response.header(HeaderName.FLOW_TIMER)
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .ifPresent(timer -> layer.loop().closeAfterSilence(flow, timer.plus(GRACE)));
    }

    // Whoever gets a challenge has proved nothing; whoever gets another answer has.
    private static void answer(ServerTransaction transaction, SipMessage response) {
        if (CHALLENGES.contains(response.status())) {
            transaction.respondStateless(response);
        } else {
            transaction.respond(response);
        }
    }

    private void admit(ServerTransaction transaction, Consumer<Verdict.Admitted> admitted) {
        layer.hear(
                services.admission().judge(transaction.request()),
                verdict -> verdict.then(admitted, response -> answer(transaction, response)),
                transaction::respondUnavailable);
    }

    private void locate(
            ServerTransaction transaction,
            RouteSet routeSet,
            Wish wish,
            Optional<String> identity,
            Supplier<String> backTo) {
        if (goesOn(transaction)) {
            trying(transaction);
            find(transaction, forwarded(identity, routeSet, back(routeSet, backTo)), wish, LOOK_UPS);
        }
    }

    // Its caller may have cancelled it meanwhile, or want more privacy than there is: RFC 3323 section 5.
    private static boolean goesOn(ServerTransaction transaction) {
        if (!transaction.answered() && Privacy.asksTooMuch(transaction.request())) {
            transaction.respond(500, "Privacy Not Available");
        }
        return !transaction.answered();
    }

    private static Optional<String> back(RouteSet routeSet, Supplier<String> backTo) {
        return ForwardedRequest.beginsDialog(routeSet.request()) ? Optional.of(backTo.get()) : Optional.empty();
    }

    // The Record-Route that leads back to a caller of ours.
    private String backTo(ServerTransaction transaction, String caller) {
        return platform.route(
                platform.here(caller, transaction.flow()),
                transaction.request().callId(),
                Sips.asked(transaction.request()),
                layer.loop());
    }

    /**
     * Whom a caller wants to speak with.
     *
     * @param callee the address
     * @param unknown what is done when it is nobody's of ours
     */
    private record Wish(Locations.Address callee, Runnable unknown) {}

    // A hung node may be the one that knows; seconds later another knows in its place, and the caller waits that long.
    private void find(ServerTransaction transaction, ForwardedRequest forwarded, Wish wish, int attempts) {
        layer.hear(
                services.locations().find(wish.callee()),
                located -> located(transaction, forwarded, wish, located),
                () -> {
                    if (attempts == 1) {
                        transaction.respondUnavailable();
                    } else {
                        ticker.after(LOOK_UP_PAUSE, () -> find(transaction, forwarded, wish, attempts - 1));
                    }
                });
    }

    // A number of others, for a caller of ours that has proved who it is.
    private void dial(
            ServerTransaction transaction, RouteSet routeSet, Optional<String> identity, Supplier<String> backTo) {
        Optional<SipUri> trunk = border.dialled(routeSet.request());
        if (identity.isEmpty() || trunk.isEmpty()) {
            transaction.respond(404);
            return;
        }
        RouteSet outward = routeSet.to(trunk.get());
        Optional<String> back = back(routeSet, backTo);
        border.leave(transaction, ForwardedRequest.dialled(identity.get(), outward, platform, back), trunk.get());
    }

    private void located(
            ServerTransaction transaction, ForwardedRequest forwarded, Wish wish, Locations.Located located) {
        if (!located.known()) {
            wish.unknown().run();
            return;
        }
        List<Locations.Registered> contacts = Sips.reachable(located.contacts(), forwarded.request());
        if (contacts.isEmpty() && !located.contacts().isEmpty()) {
            transaction.respond(Sips.notAllowed(transaction, platform.names().domain()));
            return;
        }
        forward(transaction, forwarded, Callee.rounds(contacts), null);
    }

    private List<Target> here(Target target) {
        return finder.way(target.edge()).here() ? List.of(target) : List.of();
    }

    // Nobody proves who it is within a dialog; another node has said it of a request that comes over its link.
    private ForwardedRequest forwarded(RouteSet routeSet) {
        return forwarded(Optional.empty(), routeSet, Optional.empty());
    }

    private ForwardedRequest forwarded(Optional<String> identity, RouteSet routeSet, Optional<String> recordRoute) {
        return new ForwardedRequest(identity, routeSet, platform, recordRoute, LoopMark.of(routeSet.request()));
    }

    private void forward(
            ServerTransaction transaction,
            ForwardedRequest forwarded,
            List<List<Callee>> rounds,
            ResponseContext.@Nullable Rescue rescue) {
        if (transaction.answered()) {
            return;
        }
        if (forwarded.request().maxBreadth().orElse(1) == 0) {
            transaction.respond(440);
            return;
        }
        ResponseContext context = new ResponseContext(transaction, new Outgoing(layer, finder, forwarded), rescue);
        transaction.onCancel(context::cancel);
        context.start(rounds);
    }

    @Override
    public void ack(Flow flow, SipMessage ack) {
        RouteSet routeSet = routeSet(flow, ack);
        Optional<Edge> edge = routeSet.edge();
        if (!inDialog(ack) || ack.maxForwards().orElse(1) == 0) {
            return;
        }
        if (edge.isPresent()) {
            ack(flow, routeSet, edge.get());
        } else if (routeSet.abroad().isPresent()) {
            ForwardedRequest leaving = leaving(routeSet, Optional.empty());
            border.pass(flow, routeSet, new Border.Passage(next -> border.ack(leaving, next), () -> {}));
        }
    }

    private void ack(Flow flow, RouteSet routeSet, Edge edge) {
        SipMessage ack = routeSet.request();
        if (flow.node().isPresent()) {
            here(Target.of(ack.requestUri(), edge)).forEach(target -> sendAck(routeSet, target));
            return;
        }
        DialogRescue rescue = new DialogRescue(services.locations(), layer, finder, edge, ack);
        dialogPhone.find(routeSet, edge, uris(), flows -> {
            if (flows.isEmpty()) {
                rescue.find(targets -> targets.stream().findFirst().ifPresent(other -> sendAck(routeSet, other)));
            } else {
                sendAck(routeSet, flows.get(0));
            }
        });
    }

    private void sendAck(RouteSet routeSet, Target target) {
        ForwardedRequest forwarded = forwarded(routeSet);
        finder.open(target, open -> {
            boolean sent = open.isPresent()
                    && layer.sendAck(
                            forwarded.to(target, open.get(), layer.loop()),
                            open.get().flow());
            if (!sent && target.renewable() && finder.way(target.edge()).here()) {
                sendAck(routeSet, target.renewed());
            }
        });
    }
}
