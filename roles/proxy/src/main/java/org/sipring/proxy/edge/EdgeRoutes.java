package org.sipring.proxy.edge;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.proxy.keys.Keys;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/**
 * Writes the Record-Routes of calls, and reads them back from the Routes of what follows. Each request of a call shows the
 * same ones, so that those of late are known by their text. Callable from any thread; never blocks.
 */
public final class EdgeRoutes {
    private final EdgeNames names;
    private final EdgeTokens tokens;
    private final KnownRoutes known;

    /**
     * The routes of a platform.
     *
     * @param names its URIs
     * @param keys what its tokens are sealed with
     */
    public EdgeRoutes(EdgeNames names, Keys keys) {
        this.names = names;
        tokens = new EdgeTokens(keys);
        known = new KnownRoutes(keys);
    }

    /**
     * Writes the Route to a phone.
     *
     * @param edge the phone
     * @param bond the dialog of the request that will show it
     * @param address where phones reach the node that holds the edge's flow
     * @param secure whether all of the way must be: the request is for a SIPS URI, RFC 5630 section 5.3
     * @return the URI in angle brackets
     */
    public String to(Edge edge, Bond bond, InetSocketAddress address, boolean secure) {
        FlowRef flow = edge.flow();
        String token = tokens.seal(edge, bond);
        String route = names.route(token, flow.node(), address, flow.transport(), secure);
        return written(route, token, bond, Party.phone(edge));
    }

    /**
     * Writes the Route that leads to any node of ours, and from there to another domain.
     *
     * @param side the one host there that requests may be sent to
     * @param bond the dialog
     * @param node this node
     * @param address where others reach it by {@code transport}
     * @param transport how the other side is spoken to
     * @param secure as above
     * @return the URI in angle brackets
     */
    public String abroad(
            Party side, Bond bond, NodeId node, InetSocketAddress address, Transport transport, boolean secure) {
        String token = tokens.sealForeign(side, bond);
        String route = names.routeAbroad(token, node, address, transport, secure);
        return written(route, token, bond, side);
    }

    // Who is in the dialog shows the URI as it was written.
    private String written(String route, String token, Bond bond, Party side) {
        String uri = route.substring(1, route.length() - 1);
        tokens.key(token).ifPresent(key -> known.add(new KnownRoute(uri, bond, side, key)));
        return route;
    }

    /**
     * Reads a Route.
     *
     * @param route as a request shows it
     * @param bonds the dialogs that the request may be of
     * @return the side of a call that it leads to, or empty when no node of this platform wrote it lately for such a dialog
     */
    public Optional<Party> side(NameAddr route, List<Bond> bonds) {
        return known.find(route.uri(), bonds)
                .or(() -> route.sipUri()
                        .flatMap(uri -> genuine(route.uri(), uri.user(), bonds))
                        .map(known::add))
                .map(KnownRoute::side);
    }

    /**
     * Reads a Request-URI, where a strict router puts a Route.
     *
     * @param uri as a request shows it
     * @param bonds the dialogs that the request may be of
     * @return the same as for a Route
     */
    public Optional<Party> side(SipUri uri, List<Bond> bonds) {
        return bonds.stream().flatMap(bond -> opened(uri.user(), bond).stream()).findFirst();
    }

    private Optional<KnownRoute> genuine(String uri, String token, List<Bond> bonds) {
        return tokens.key(token).flatMap(key -> bonds.stream()
                .flatMap(bond -> opened(token, bond).map(side -> new KnownRoute(uri, bond, side, key)).stream())
                .findFirst());
    }

    private Optional<Party> opened(String token, Bond bond) {
        return tokens.open(token, bond).map(Party::phone).or(() -> tokens.openForeign(token, bond));
    }
}
