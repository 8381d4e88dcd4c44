package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.View;
import org.sipring.proxy.edge.Bond;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.edge.EdgeRoutes;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.edge.Party;
import org.sipring.sip.HostPort;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;

/**
 * What every loop of a proxy knows of the platform and its own node. Callable from any thread.
 *
 * @param overlay the other nodes
 * @param boot which life of this node
 * @param names the platform's URIs
 * @param routes writes and reads the Routes of calls
 * @param ringing how long phones may ring
 * @param recordsHistory whether requests say where they have been sent: RFC 7044
 * @param natPings how phones behind a NAT are pinged that do not keep it open themselves
 */
public record Platform(
        Overlay overlay,
        long boot,
        EdgeNames names,
        EdgeRoutes routes,
        Ringing ringing,
        boolean recordsHistory,
        NatPinging natPings) {
    NodeId self() {
        return overlay.self();
    }

    View view() {
        return overlay.view();
    }

    /**
     * Tells whether a host is the address of a node.
     *
     * @param host as a URI writes it
     * @return true for a member's address
     */
    public boolean isNode(String host) {
        // As an address: IPv6 has many texts for one.
        return SipUri.parse("sip:" + host)
                .flatMap(SipUri::address)
                .map(InetSocketAddress::getAddress)
                .filter(address -> view().members().stream()
                        .map(member -> new InetSocketAddress(member.address(), 0).getAddress())
                        .anyMatch(address::equals))
                .isPresent();
    }

    /**
     * Names a flow of this node.
     *
     * @param flow the flow
     * @return its name on the whole platform
     */
    public FlowRef ref(Flow flow) {
        return FlowRef.of(self(), boot, flow);
    }

    /** The edge of the phone at the other end of a flow of this node. */
    Edge here(String aor, Flow flow) {
        return Edge.here(aor, ref(flow));
    }

    /** The Route to an edge in one dialog, as Record-Route and the links between nodes write it. */
    String route(Edge edge, Bond bond, boolean secure, SipLoop loop) {
        Transport transport = edge.flow().transport();
        InetSocketAddress here = loop.local(transport);
        String address = view().member(edge.flow().node())
                .map(member -> member.address())
                .orElse(HostPort.plain(here.getAddress()));
        InetSocketAddress there = new InetSocketAddress(address, here.getPort());
        return routes.to(edge, bond, there, secure);
    }

    /** The Route by which requests of one dialog come to any node of ours and leave for a host of another domain. */
    String routeAbroad(Party side, Bond bond, Transport transport, boolean secure, SipLoop loop) {
        return routes.abroad(side, bond, self(), loop.local(transport), transport, secure);
    }
}
