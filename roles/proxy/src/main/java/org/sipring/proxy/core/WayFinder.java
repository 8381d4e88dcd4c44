package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sipring.api.Member;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;

/** Finds the way to a phone, and opens it. Lives in one loop. */
final class WayFinder {
    private final Platform platform;
    private final SipLoop loop;
    private final Registrations registrations;
    private final Strangers strangers;
    private final ServerDialler servers;
    private final BusyNodes busy;

    WayFinder(Platform platform, SipLoop loop, Registrations registrations) {
        this.platform = platform;
        this.loop = loop;
        this.registrations = registrations;
        strangers = new Strangers(platform, loop);
        servers = new ServerDialler(strangers, loop);
        busy = new BusyNodes(loop.ticker()::nanos);
    }

    /** What opens flows to servers of other domains. */
    ServerDialler servers() {
        return servers;
    }

    /** The nodes that want to be left alone. */
    BusyNodes busy() {
        return busy;
    }

    /** The flows of a phone, in the order in which they are to be tried. */
    List<Target> likedFirst(List<Target> flows) {
        return flows.size() < 2
                ? flows
                : flows.stream()
                        .sorted(Comparator.comparingInt(this::reluctance))
                        .toList();
    }

    // A way by a node that has too much to do is liked less than another; and where the node is gone that held the
    // flow, it may be lost, or its phone may sit behind a NAT.
    private int reluctance(Target target) {
        Way way = way(target.edge());
        if (way instanceof Way.Through through) {
            boolean spared = busy.rests(through.node())
                    || platform.view()
                            .member(through.node())
                            .filter(Member::busy)
                            .isPresent();
            return spared ? 1 : 0;
        }
        return way.here() ? 0 : 2;
    }

    Way way(Edge edge) {
        return Way.to(edge, platform.view(), platform.self());
    }

    /** Hears an open way in this loop, perhaps at once, or that there is none. */
    void open(Target target, Consumer<Found> then) {
        Edge edge = target.edge();
        if (!target.permitted()) {
            then.accept(Found.NONE);
            return;
        }
        if (target.anew()) {
            connect(target, then);
            return;
        }
        way(edge)
                .match(
                        () -> then.accept(Found.of(here(edge))),
                        way -> loop.link(
                                way.node(),
                                way.address(),
                                flow -> then.accept(Found.of(flow.map(link -> new OpenWay(link, edge))))),
                        phone -> then.accept(
                                Found.of(strangers.only(phone).map(loop::udp).map(flow -> direct(edge, flow)))),
                        () -> connect(target, then));
    }

    /** The way over a flow that this node holds. */
    OpenWay here(Edge edge) {
        return new OpenWay(edge.flow().at(loop.local(edge.flow().transport())), edge);
    }

    /**
     * Lets the registrar forget a contact that no way leads to, where its connection was one of this node's and is closed: it
     * does not come back, and nobody else can tell.
     *
     * @return whether that is so
     */
    boolean forget(Target target) {
        Edge edge = target.edge();
        boolean lost = !edge.aor().isEmpty() && closedHere(edge.flow());
        if (lost) {
            registrations.forget(edge.aor(), edge.flow(), target.listens());
        }
        return lost;
    }

    private boolean closedHere(FlowRef flow) {
        boolean connection = flow.connection() != 0;
        boolean thisLife = flow.boot() == platform.boot();
        return connection
                && flow.node().equals(platform.self())
                && !(thisLife && loop.open(flow.at(loop.local(flow.transport()))));
    }

    // From now on this node is the phone's edge.
    private OpenWay direct(Edge edge, Flow flow) {
        return new OpenWay(flow, edge.with(platform.ref(flow)));
    }

    private void connect(Target target, Consumer<Found> then) {
        Optional<InetSocketAddress> listens = Optional.of(target)
                .filter(Target::acceptsConnections)
                .flatMap(phone -> SipUri.parse(phone.listens()))
                .flatMap(SipUri::address)
                .filter(address -> sameHost(address, target.edge()))
                .flatMap(strangers::only);
        if (listens.isEmpty()) {
            then.accept(Found.NONE);
            return;
        }
        loop.connect(
                listens.get(),
                dialled -> then.accept(Found.of(dialled, dialled.open().map(flow -> direct(target.edge(), flow)))));
    }

    // A Request-URI is whatever a caller writes: only the token says where the phone really was.
    private static boolean sameHost(InetSocketAddress address, Edge edge) {
        return address.getAddress().equals(edge.flow().remote().getAddress());
    }
}
