package org.sipring.proxy.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sipring.api.Member;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.SipUri;
import org.sipring.sip.locate.NextHop;
import org.sipring.sip.locate.Protocol;
import org.sipring.sip.transport.Dialled;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;

/** Finds the way to a phone, and opens it. Lives in one loop. */
final class WayFinder {
    private final Platform platform;
    private final SipLoop loop;

    WayFinder(Platform platform, SipLoop loop) {
        this.platform = platform;
        this.loop = loop;
    }

    Way way(Edge edge) {
        return Way.to(edge, platform.view(), platform.self());
    }

    /** Hears an open way in this loop, perhaps at once; empty when the phone cannot be reached. */
    void open(Target target, Consumer<Optional<OpenWay>> then) {
        Edge edge = target.edge();
        if (!target.permitted()) {
            then.accept(Optional.empty());
            return;
        }
        if (target.anew()) {
            connect(target, then);
            return;
        }
        way(edge)
                .match(
                        () -> then.accept(Optional.of(here(edge))),
                        way -> loop.link(
                                way.node(),
                                way.address(),
                                flow -> then.accept(flow.map(link -> new OpenWay(link, edge)))),
                        phone -> then.accept(stranger(phone).map(loop::udp).map(flow -> direct(edge, flow))),
                        () -> connect(target, then));
    }

    /** The way over a flow that this node holds. */
    OpenWay here(Edge edge) {
        return new OpenWay(edge.flow().at(loop.local(edge.flow().transport())), edge);
    }

    /**
     * Hears a flow to a server of another domain in this loop, perhaps at once.
     *
     * @param hop the server
     * @param domain what it must prove to be where it speaks TLS: never the server's own name, RFC 5922 section 7.3
     */
    void open(NextHop hop, String domain, Consumer<Dialled> then) {
        Optional<InetSocketAddress> address = stranger(hop.address()).filter(this::isAnywhere);
        if (address.isEmpty()) {
            then.accept(Dialled.NOBODY);
        } else if (hop.protocol() == Protocol.TLS) {
            loop.secure(address.get(), proved(domain, address.get()), then);
        } else if (hop.protocol() == Protocol.TCP) {
            loop.connect(address.get(), flow -> then.accept(Dialled.of(flow)));
        } else {
            then.accept(Dialled.of(address.map(loop::udp)));
        }
    }

    // A URI that names no domain is written as numbers, for which IPv6 has many texts.
    private static String proved(String domain, InetSocketAddress address) {
        return SipUri.parse("sip:" + domain).flatMap(SipUri::address).isPresent()
                ? address.getAddress().getHostAddress()
                : domain;
    }

    // What a stranger's zone says must not lead to the other programs of a host of ours.
    private boolean isAnywhere(InetSocketAddress address) {
        InetAddress there = address.getAddress();
        boolean homeOnly = there.isLoopbackAddress()
                && !loop.local(Transport.UDP).getAddress().isLoopbackAddress();
        boolean nowhere = there.isAnyLocalAddress() || there.isMulticastAddress() || there.isLinkLocalAddress();
        return !homeOnly
                && !nowhere
                && platform.view().members().stream().map(WayFinder::address).noneMatch(there::equals);
    }

    // From now on this node is the phone's edge.
    private OpenWay direct(Edge edge, Flow flow) {
        return new OpenWay(flow, edge.with(platform.ref(flow)));
    }

    private void connect(Target target, Consumer<Optional<OpenWay>> then) {
        Optional<InetSocketAddress> listens = Optional.of(target)
                .filter(Target::acceptsConnections)
                .flatMap(phone -> SipUri.parse(phone.listens()))
                .flatMap(SipUri::address)
                .filter(address -> sameHost(address, target.edge()))
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

    // As an address: IPv6 has many texts for one.
    private static InetAddress address(Member member) {
        return new InetSocketAddress(member.address(), 0).getAddress();
    }

    /** Keeps the platform from calling itself: a phone never listens on a SIP port of ours. */
    private Optional<InetSocketAddress> stranger(InetSocketAddress address) {
        boolean ours = Stream.of(Transport.values())
                        .anyMatch(transport -> loop.local(transport).getPort() == address.getPort())
                && platform.view().members().stream().map(WayFinder::address).anyMatch(address.getAddress()::equals);
        return ours ? Optional.empty() : Optional.of(address);
    }
}
