package org.sipring.proxy.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transaction.TransactionUser;
import org.sipring.sip.transport.Flow;

/**
 * The proxy of one loop: RFC 3261 section 16. Forwards to the platform's own phones and to nobody else: to their
 * registered contacts when the caller may call, and within a dialog to the edge that an authenticated Route names.
 */
public final class ProxyCore implements TransactionUser {
    private static final String ALLOW =
            "INVITE, ACK, CANCEL, OPTIONS, BYE, REGISTER, SUBSCRIBE, NOTIFY, REFER, MESSAGE,"
                    + " INFO, UPDATE, PRACK, PUBLISH";

    private static final int LOOK_UPS = 4;
    private static final Duration LOOK_UP_PAUSE = Duration.ofSeconds(1);

    private final Platform platform;
    private final TransactionLayer layer;
    private final Services services;
    private final Ticker ticker;
    private final Reacher reacher;

    /**
     * What the proxy asks others.
     *
     * @param registrations works on REGISTER
     * @param admission decides who may call
     * @param locations finds who is called
     */
    public record Services(Registrations registrations, Admission admission, Locations locations) {}

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
        reacher = new Reacher(platform, layer.loop());
    }

    private Routed routed(SipMessage request) {
        return new Routed.Reader(platform.names(), platform.tokens(), uris()).read(request);
    }

    private OurUris uris() {
        var phones = reacher.phones();
        return new OurUris(platform.names(), phones.getAddress().getHostAddress(), phones.getPort());
    }

    @Override
    public void request(ServerTransaction transaction) {
        Optional<Refusal> refusal = Refusal.check(transaction.request());
        if (refusal.isPresent()) {
            refusal.get().answer(transaction);
            return;
        }
        Routed routed = routed(transaction.request());
        if (routed.edge().isPresent()) {
            // Routes behind it are hops between the edge and the phone: they are followed over its flow only.
            toEdge(transaction, routed, routed.edge().get());
        } else if (routed.foreign()) {
            transaction.respond(403, "Not Our Route");
        } else if (transaction.flow().node().isPresent()) {
            transaction.respond(403, "Nodes Forward To Edges Only");
        } else {
            toPlatform(transaction, routed);
        }
    }

    // RFC 3261 section 17.2.1: the caller repeats an INVITE until it hears something.
    private static void trying(ServerTransaction transaction) {
        if (transaction.request().method().equals("INVITE")) {
            transaction.respond(100, "Trying");
        }
    }

    private void toEdge(ServerTransaction transaction, Routed routed, Edge edge) {
        SipMessage request = routed.request();
        Way way = reacher.way(edge);
        Target target = Target.of(request.requestUri(), edge);
        if (transaction.flow().node().isPresent()) {
            // The node that sent it has chosen this edge; only it may choose another.
            trying(transaction);
            forward(transaction, outbound(routed, Optional.empty()), way.here() ? List.of(target) : List.of(), null);
        } else if (request.toTag().isEmpty()) {
            transaction.respond(403, "Route Is For Dialogs Only");
        } else {
            trying(transaction);
            Forwarding.Rescue rescue = new DialogRescue(services.locations(), ticker, reacher, edge, request);
            forward(transaction, outbound(routed, Optional.empty()), way.held() ? List.of(target) : List.of(), rescue);
        }
    }

    private void toPlatform(ServerTransaction transaction, Routed routed) {
        SipUri uri = routed.request().requestSipUri().orElseThrow();
        Optional<String> aor = uris().aor(uri);
        if (!uris().answersFor(uri)) {
            transaction.respond(403, "No Relay To Other Domains");
        } else if (transaction.request().method().equals("REGISTER")) {
            register(transaction);
        } else if (aor.isPresent()) {
            admit(transaction, routed, aor.get());
        } else if (transaction.request().method().equals("OPTIONS")) {
            describe(transaction);
        } else {
            transaction.respond(404, "Not Found");
        }
    }

    private void register(ServerTransaction transaction) {
        Answer.hear(
                services.registrations().register(transaction.request(), transaction.flow()),
                ticker,
                transaction::respond,
                () -> unavailable(transaction));
    }

    private static void describe(ServerTransaction transaction) {
        transaction.respond(transaction
                .response(200, "OK")
                .edit()
                .add("Allow", ALLOW)
                .add("Accept", "*/*")
                .add("Supported", "path")
                .build());
    }

    private void admit(ServerTransaction transaction, Routed routed, String aor) {
        Answer.hear(
                services.admission().judge(transaction.request()),
                ticker,
                verdict -> verdict.then(caller -> locate(transaction, routed, aor, caller), transaction::respond),
                () -> unavailable(transaction));
    }

    private void locate(ServerTransaction transaction, Routed routed, String aor, String caller) {
        if (transaction.answered()) {
            // Cancelled meanwhile.
            return;
        }
        trying(transaction);
        Optional<String> back = Outbound.beginsDialog(routed.request())
                ? Optional.of(platform.route(platform.here(caller, transaction.flow()), reacher.phones()))
                : Optional.empty();
        find(transaction, outbound(routed, back), aor, LOOK_UPS);
    }

    // A hung node may be the one that knows; seconds later another knows in its place, and the caller waits that long.
    private void find(ServerTransaction transaction, Outbound outbound, String aor, int attempts) {
        Answer.hear(services.locations().find(aor), ticker, located -> located(transaction, outbound, located), () -> {
            if (attempts == 1) {
                unavailable(transaction);
            } else {
                ticker.after(LOOK_UP_PAUSE, () -> find(transaction, outbound, aor, attempts - 1));
            }
        });
    }

    private void located(ServerTransaction transaction, Outbound outbound, Locations.Located located) {
        if (!located.known()) {
            transaction.respond(404, "Not Found");
            return;
        }
        forward(
                transaction,
                outbound,
                located.contacts().stream().map(Target::of).toList(),
                null);
    }

    private static void unavailable(ServerTransaction transaction) {
        if (transaction.answered()) {
            return;
        }
        transaction.respond(transaction
                .response(503, "Service Unavailable")
                .edit()
                .add("Retry-After", "5")
                .build());
    }

    private Outbound outbound(Routed routed, Optional<String> recordRoute) {
        return new Outbound(routed, platform, recordRoute, LoopMark.of(routed.request()));
    }

    private void forward(
            ServerTransaction transaction,
            Outbound outbound,
            List<Target> targets,
            Forwarding.@Nullable Rescue rescue) {
        if (transaction.answered()) {
            return;
        }
        Forwarding forwarding = new Forwarding(layer, reacher, transaction, outbound, rescue);
        transaction.onCancel(forwarding::cancel);
        forwarding.start(targets);
    }

    @Override
    public void ack(Flow flow, SipMessage ack) {
        Routed routed = routed(ack);
        Optional<Edge> edge = routed.edge();
        if (edge.isEmpty() || ack.maxForwards().orElse(1) == 0) {
            return;
        }
        Target target = Target.of(ack.requestUri(), edge.get());
        Way way = reacher.way(edge.get());
        if (way.here() || (way.held() && flow.node().isEmpty())) {
            sendAck(routed, target);
        } else if (flow.node().isEmpty()) {
            new DialogRescue(services.locations(), ticker, reacher, edge.get(), ack)
                    .find(targets -> targets.stream().findFirst().ifPresent(other -> sendAck(routed, other)));
        }
    }

    private void sendAck(Routed routed, Target target) {
        Outbound outbound = outbound(routed, Optional.empty());
        reacher.reach(target, leg -> {
            boolean sent = leg.isPresent()
                    && layer.sendAck(
                            outbound.to(target, leg.get(), reacher.phones()),
                            leg.get().flow());
            if (!sent && target.renewable() && reacher.way(target.edge()).here()) {
                sendAck(routed, target.renewed());
            }
        });
    }
}
