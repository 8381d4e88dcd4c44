package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.sipring.api.Member;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.Literal;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;

/** Opens the way to a phone. Lives in one loop. */
final class Reacher {
    private final Platform platform;
    private final SipLoop loop;

    Reacher(Platform platform, SipLoop loop) {
        this.platform = platform;
        this.loop = loop;
    }

    Way way(Edge edge) {
        return Way.to(edge, platform.view(), platform.self());
    }

    /** Hears a leg in this loop, perhaps at once; empty when the phone cannot be reached. */
    void reach(Target target, Consumer<Optional<Leg>> then) {
        Edge edge = target.edge();
        if (target.anew()) {
            connect(target, then);
            return;
        }
        way(edge)
                .match(
                        () -> then.accept(Optional.of(here(edge))),
                        way -> loop.link(
                                way.node(), way.address(), flow -> then.accept(flow.map(link -> through(edge, link)))),
                        phone -> then.accept(stranger(phone).map(loop::udp).map(flow -> direct(edge, flow))),
                        () -> connect(target, then));
    }

    /** The leg over a flow that this node holds. */
    Leg here(Edge edge) {
        return new Leg(edge.flow().at(phones()), edge, Optional.empty());
    }

    private Leg through(Edge edge, Flow link) {
        return new Leg(link, edge, Optional.of(platform.route(edge, phones())));
    }

    // From now on this node is the phone's edge.
    private Leg direct(Edge edge, Flow flow) {
        return new Leg(flow, edge.with(platform.ref(flow)), Optional.empty());
    }

    private void connect(Target target, Consumer<Optional<Leg>> then) {
        Optional<InetSocketAddress> listens = SipUri.parse(target.listens())
                .flatMap(Literal::of)
                .filter(address -> target.trusted() || sameHost(address, target.edge()))
                .flatMap(this::stranger);
        if (listens.isEmpty()) {
            then.accept(Optional.empty());
            return;
        }
        loop.connect(listens.get(), flow -> then.accept(flow.map(opened -> direct(target.edge(), opened))));
    }

    // A Request-URI is whatever a caller writes: only the token says where the phone really was.
    private static boolean sameHost(InetSocketAddress address, Edge edge) {
        return address.getAddress().equals(edge.flow().remote().getAddress());
    }

    /** Keeps the platform from calling itself: a phone never listens on a SIP port of ours. */
    private Optional<InetSocketAddress> stranger(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        boolean ours = address.getPort() == phones().getPort()
                && platform.view().members().stream().map(Member::address).anyMatch(host::equals);
        return ours ? Optional.empty() : Optional.of(address);
    }

    /** Where phones reach this node. */
    InetSocketAddress phones() {
        return loop.udp(NOWHERE).local();
    }

    private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);
}
