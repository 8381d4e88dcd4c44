package org.sipring.proxy.core;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.proxy.edge.Bond;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.proxy.journal.Decision;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.locate.Located;
import org.sipring.sip.locate.NextHop;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transport.Flow;

/**
 * Where requests leave for other domains and come from them. Nothing passes from one other domain to another, but where a
 * user of ours forwards calls: who leaves is a user of ours or a phone of ours within its call, and who comes in reaches
 * users of ours only. Lives in one loop.
 */
final class Border {
    // RFC 3323 section 4.1.1.3: a caller of ours who shows its name to nobody but us.
    private static final String ANONYMOUS = "anonymous.invalid";

    private final Forwarding forwarding;
    private final Platform platform;
    private final TransactionLayer layer;
    private final WayFinder finder;
    private final Locations locations;
    private final Foreign foreign;

    Border(Forwarding forwarding, ProxyCore.Services services) {
        this.forwarding = forwarding;
        this.platform = forwarding.platform();
        this.layer = forwarding.layer();
        this.finder = forwarding.finder();
        this.locations = services.locations();
        this.foreign = services.foreign();
    }

    /** Whether somebody who may be a user of ours, and is yet to prove it, may call a URI of another domain. */
    boolean mayLeave(SipMessage request, SipUri uri) {
        boolean foreigner = request.from()
                .sipUri()
                .map(Foreign::shown)
                .filter(host -> isOurs(host) || host.equals(ANONYMOUS))
                .isEmpty();
        return !foreigner && foreign.mayBeCalled(uri);
    }

    /** Whether an address-of-record that has been proved, or believed, is of ours. */
    boolean isOurUser(String aor) {
        return platform.names().serves(aor.substring(aor.lastIndexOf('@') + 1));
    }

    /**
     * Whether somebody may call our users without a proof. Who claims to be one of ours must prove it, and who names nobody
     * may be: it is known by its address, or proves it.
     */
    boolean mayEnter(ServerTransaction transaction) {
        // What the callee is shown: a maddr parameter changes nothing of it.
        Optional<String> domain = transaction.request().from().sipUri().map(Foreign::shown);
        InetAddress source = transaction.flow().remote().getAddress();
        return domain.filter(this::isOurs).isEmpty()
                && (isTrunk(transaction.flow())
                        || foreign.policy().inbound().include(source)
                        || domain.filter(host -> !host.equals(ANONYMOUS))
                                .filter(foreign.policy().inbound()::name)
                                .isPresent());
    }

    /**
     * A request without what its sender may not say: who it is, RFC 3325 section 2.3; who pays for it, and who forwarded it.
     * A phone says nothing of these, or its user would choose who pays. Trunks do not speak for users of ours.
     */
    SipMessage believed(SipMessage request, Flow from) {
        if (from.node().isPresent()) {
            return request;
        }
        Optional<Trunk> trunk = foreign.policy().trunkFrom(from);
        SipMessage believed = trunk.isPresent()
                ? TrustDomain.withoutOurs(request, this::isOurs)
                : TrustDomain.believed(request, from);
        return TrustedHeaders.without(believed, trunk.map(Trunk::headers).orElse(Set.of()));
    }

    private boolean isTrunk(Flow from) {
        return foreign.policy().trunkFrom(from).isPresent();
    }

    /** Where a trunk takes a call for somebody who is no user of ours; empty where none does. */
    Optional<SipUri> dialled(SipUri uri) {
        return uri.secure() ? Optional.empty() : foreign.policy().dialled(uri.user());
    }

    /** Whether users of ours may have their calls go to a URI of another domain: whom they may call themselves. */
    boolean mayBeForwarded(ServerTransaction transaction, SipUri uri) {
        return foreign.mayBeCalled(uri) && layer.door().mayAskNames(transaction.flow());
    }

    /** The way of a call that a user of ours forwards: to another domain, or to where it is dialled. */
    Branch way(ResponseContext context, Outgoing outgoing, SipUri next, boolean dialled) {
        Flow caller = outgoing.server().flow();
        return new ForeignBranch(
                context,
                outgoing,
                foreign,
                next,
                dialled ? foreign::servers : hop -> counted(caller, foreign.serversToCall(hop)));
    }

    private boolean isOurs(String host) {
        return platform.names().holds(host) || platform.isNode(host);
    }

    /** The Record-Route that leads back to a caller of another domain. */
    String backTo(Flow caller, SipMessage request) {
        return platform.routeAbroad(
                caller(caller, request), Bond.ofSender(request), caller.transport(), Sips.asked(request), layer.loop());
    }

    /** Who calls from another domain: the host there that requests of the call go back to. */
    Party caller(Flow caller, SipMessage request) {
        Optional<NameAddr> above =
                request.recordRoutes().flatMap(routes -> routes.stream().findFirst());
        Optional<NameAddr> contact =
                request.contacts().flatMap(contacts -> contacts.stream().findFirst());
        return Party.abroad(above.or(() -> contact)
                .flatMap(NameAddr::sipUri)
                .map(Foreign::host)
                .filter(named -> isTrunk(caller)
                        || foreign.policy().maySend(named, caller.remote().getAddress()))
                .orElse(caller.remote().getAddress().getHostAddress()));
    }

    /** Sends a request of a user to a URI of another domain that it may call. */
    void call(ServerTransaction transaction, ForwardedRequest forwarded, SipUri uri) {
        Flow caller = transaction.flow();
        if (transaction.answered() || layer.door().mayAskNames(caller)) {
            leave(transaction, forwarded, uri, hop -> counted(caller, foreign.serversToCall(hop)));
        } else {
            forwarding.story(forwarded.request()).note(Decision.TOO_MANY_NAMES, Foreign.host(uri));
            transaction.respondLater();
        }
    }

    // What is remembered costs nothing, nor counts.
    private CompletionStage<Servers> counted(Flow caller, CompletionStage<Servers> asked) {
        if (!asked.toCompletableFuture().isDone()) {
            Runnable answered = layer.door().asksNames(caller);
            layer.hear(asked, servers -> answered.run(), answered);
        }
        return asked;
    }

    /** Sends a request on whose way has been chosen here: through a trunk, or within a call. */
    void leave(ServerTransaction transaction, ForwardedRequest forwarded, SipUri next) {
        leave(transaction, forwarded, next, foreign::servers);
    }

    private void leave(
            ServerTransaction transaction,
            ForwardedRequest forwarded,
            SipUri next,
            Function<SipUri, CompletionStage<Servers>> servers) {
        if (!Forwarding.refused(transaction, forwarded)) {
            Outgoing outgoing = forwarding.outgoing(transaction, forwarded);
            ResponseContext context = new ResponseContext(transaction, outgoing, null);
            transaction.onCancel(context::cancel);
            context.start(new ForeignBranch(context, outgoing, foreign, next, servers));
        }
    }

    /**
     * Lets a request of a dialog leave, or not: it must come from the phone of ours that is in the dialog, or from the other
     * domain that a user of ours forwarded the call from or to, and go to the one host that the other side named. Whoever
     * learns a token can send nothing by it.
     */
    void pass(Hearing hearing, Flow from, RouteSet routeSet, Passage passage) {
        Optional<SipUri> next = routeSet.nextHop();
        Optional<Edge> leaver = routeSet.lastEdge();
        boolean right = next.map(Foreign::host).equals(routeSet.abroad());
        Optional<Party> other = routeSet.forwardedBetween();
        if (!right || from.node().isPresent()) {
            passage.refused().run();
        } else if (other.isPresent()) {
            isHost(hearing, from, other.get().name(), () -> passage.free().to(next.get()), passage.refused());
        } else if (leaver.isPresent()) {
            isPhone(hearing, from, leaver.get(), () -> passage.free().to(next.get()), passage.refused());
        } else {
            passage.refused().run();
        }
    }

    private void isPhone(Hearing hearing, Flow from, Edge edge, Runnable yes, Runnable no) {
        if (sameHost(from, edge)) {
            yes.run();
        } else {
            // It may have moved and registered since.
            hearing.hear(
                    locations.find(Locations.Address.of(edge.aor())),
                    located -> either(
                            located.contacts().stream().anyMatch(contact -> sameHost(from, contact.edge())), yes, no),
                    no);
        }
    }

    /** Tells whether a request comes from the side that it says: its tokens, which both sides know, do not tell that. */
    void isFrom(Hearing hearing, Flow from, Party sender, Runnable yes, Runnable no) {
        if (sender.edge().isPresent()) {
            isPhone(hearing, from, sender.edge().get(), yes, no);
        } else {
            isHost(hearing, from, sender.name(), yes, no);
        }
    }

    private void isHost(Hearing hearing, Flow from, String host, Runnable yes, Runnable no) {
        InetAddress source = from.remote().getAddress();
        Optional<SipUri> uri = SipUri.parse("sip:" + host);
        if (isTrunk(from) || foreign.policy().inbound().include(source)) {
            yes.run();
        } else if (uri.isEmpty()) {
            no.run();
        } else {
            hearing.hear(
                    foreign.locator().locate(uri.get()),
                    located -> either(
                            located.forSize(0).stream()
                                    .anyMatch(hop -> hop.address().getAddress().equals(source)),
                            yes,
                            no),
                    no);
        }
    }

    private static void either(boolean which, Runnable yes, Runnable no) {
        (which ? yes : no).run();
    }

    /**
     * What comes of a wish to leave.
     *
     * @param free hears where it goes
     * @param refused hears that it may not
     */
    record Passage(Free free, Runnable refused) {
        interface Free {
            void to(SipUri next);
        }
    }

    // Phones call from other ports than they registered from, over TCP always.
    private static boolean sameHost(Flow from, Edge edge) {
        return from.remote().getAddress().equals(edge.flow().remote().getAddress());
    }

    /** Sends an ACK of a 2xx. */
    void ack(ForwardedRequest forwarded, SipUri next) {
        layer.hear(
                foreign.locator().locate(Sips.hop(next, forwarded.request())),
                located -> ack(forwarded, foreign.identity(next), hops(next, located, forwarded)),
                () -> {});
    }

    private Deque<NextHop> hops(SipUri next, Located located, ForwardedRequest forwarded) {
        List<NextHop> hops = located.forSize(forwarded.request().length());
        return new ArrayDeque<>(foreign.dead().last(Foreign.host(next), hops));
    }

    private void ack(ForwardedRequest forwarded, String domain, Deque<NextHop> hops) {
        NextHop hop = hops.poll();
        if (hop == null) {
            return;
        }
        finder.servers().open(hop, domain, dialled -> {
            Optional<Flow> open = dialled.open();
            boolean sent = open.isPresent() && layer.sendAck(forwarded.abroad(Optional.empty()), open.get());
            if (!sent) {
                ack(forwarded, domain, Impostors.among(hops, dialled));
            }
        });
    }
}
