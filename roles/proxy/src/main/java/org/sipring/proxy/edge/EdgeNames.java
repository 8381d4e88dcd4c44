package org.sipring.proxy.edge;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;
import org.sipring.api.NodeId;
import org.sipring.sip.HostPort;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/**
 * The URIs that lead back to the platform: {@code <sip:TOKEN@n1.edge.sipring.test;lr>}. An edge name has SRV records,
 * so it is written without port, and outlives its node.
 */
public final class EdgeNames {
    /** How Record-Route names this node. */
    public enum Style {
        /** By its edge name: for phones that ask the platform's DNS. */
        NAME,
        /** By address and port: for phones that cannot. */
        ADDRESS
    }

    private static final String EDGE = ".edge.";

    private final String domain;
    private final Predicate<String> hosted;
    private final Style style;

    /**
     * The names of a platform.
     *
     * @param domain its SIP domain
     * @param style how a node names itself
     */
    public EdgeNames(String domain, Style style) {
        this(domain, host -> false, style);
    }

    /**
     * The names of a platform that serves further domains.
     *
     * @param domain its SIP domain, in lower case, under which its nodes are
     * @param hosted tells whether it serves a domain of others at the moment, in lower case; from any thread
     * @param style how a node names itself
     */
    public EdgeNames(String domain, Predicate<String> hosted, Style style) {
        this.domain = domain;
        this.hosted = hosted;
        this.style = style;
    }

    /**
     * Tells whether a host is a SIP domain that has its users here.
     *
     * @param host in lower case
     * @return true for the platform's own and for hosted ones
     */
    public boolean serves(String host) {
        return host.equals(domain) || hosted.test(host);
    }

    /**
     * Tells whether a host is one of these domains, or below one.
     *
     * @param host in lower case
     * @return true when it is ours to name
     */
    public boolean holds(String host) {
        return HostPort.within(host, this::serves);
    }

    /**
     * The URI for a Record-Route or Route.
     *
     * @param token the sealed edge
     * @param node who holds the edge's flow
     * @param address where phones reach that node by {@code transport}
     * @param transport how the phone of this edge is reached
     * @param secure whether all of the way must be: the request is for a SIPS URI, RFC 5630 section 5.3
     * @return the URI in angle brackets
     */
    public String route(String token, NodeId node, InetSocketAddress address, Transport transport, boolean secure) {
        String scheme = secure ? "sips:" : "sip:";
        if (style == Style.NAME) {
            // The name's NAPTR records lead to UDP and TCP only; who came by another transport must come back by it.
            return route(scheme, token, node + EDGE + domain, transport == Transport.TCP ? Transport.UDP : transport);
        }
        // RFC 3263 section 4.1: a numeric address without transport means UDP.
        return route(scheme, token, HostPort.of(address).toString(), transport);
    }

    /**
     * The URI for a Record-Route that another domain sees. Over TLS it names the domain, which is what our certificate says
     * and the other side looks for (RFC 5922): the edge name is no SIP domain, and any node of ours will do.
     *
     * @param token the sealed host
     * @param node this node
     * @param address where others reach it by {@code transport}
     * @param transport how the other side is spoken to
     * @param secure as above
     * @return the URI in angle brackets
     */
    public String routeAbroad(
            String token, NodeId node, InetSocketAddress address, Transport transport, boolean secure) {
        return style == Style.NAME && transport == Transport.TLS
                ? route(secure ? "sips:" : "sip:", token, domain, transport)
                : route(token, node, address, transport, secure);
    }

    private static String route(String scheme, String token, String where, Transport transport) {
        String parameter = transport.parameter();
        return '<' + scheme + token + '@' + where + (parameter == null ? "" : ";transport=" + parameter) + ";lr>";
    }

    /**
     * The URI for the Service-Route of a phone, RFC 3608: any node will do.
     *
     * @param transport by which the phone registered, and so reaches the platform
     * @return the URI in angle brackets; empty where phones cannot ask the platform's DNS
     */
    public Optional<String> serviceRoute(Transport transport) {
        String parameter = transport.parameter();
        return style == Style.NAME
                ? Optional.of("<sip:" + domain + ";transport=" + (parameter == null ? "udp" : parameter) + ";lr>")
                : Optional.empty();
    }

    /**
     * Tells whether a URI's host is an edge name of this platform.
     *
     * @param uri a Route's URI
     * @return true for any node's, also a dead one's
     */
    public boolean isEdge(SipUri uri) {
        return uri.host().endsWith(EDGE + domain);
    }

    /**
     * The platform's SIP domain.
     *
     * @return in lower case
     */
    public String domain() {
        return domain;
    }
}
