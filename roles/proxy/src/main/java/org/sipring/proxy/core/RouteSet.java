package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.sipring.proxy.edge.Bond;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.edge.EdgeTokens;
import org.sipring.proxy.edge.Party;
import org.sipring.sip.HeaderName;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/**
 * What the Route of a request says to this platform. RFC 3261 section 16.4.
 *
 * @param request the request, a strict router's work undone
 * @param tokens the edges that our own leading Routes name, in order
 * @param abroad the one host of another domain that the request may go to, where the last token of ours says so
 * @param ours how many leading Routes are ours
 * @param foreign whether more Routes follow, or one of ours is not genuine
 * @param sender the side that our Routes name before the last: the one that sends the request, if it tells the truth
 */
record RouteSet(
        SipMessage request,
        List<Edge> tokens,
        Optional<String> abroad,
        int ours,
        boolean foreign,
        Optional<Party> sender) {
    /** Reads requests for one platform. */
    record Reader(EdgeNames names, EdgeTokens tokens, OurUris uris) {
        RouteSet read(SipMessage received) {
            SipMessage request = loosened(received);
            List<Edge> edges = new ArrayList<>(2);
            Optional<String> abroad = Optional.empty();
            int ours = 0;
            Optional<Party> sender = Optional.empty();
            Optional<Party> last = Optional.empty();
            for (NameAddr route : request.routes()) {
                Optional<SipUri> uri = route.sipUri();
                Optional<Edge> edge = uri.flatMap(token -> edge(token, request));
                Optional<String> host =
                        edge.isPresent() ? Optional.empty() : uri.flatMap(token -> host(token, request));
                edge.ifPresent(edges::add);
                boolean token = edge.isPresent() || host.isPresent();
                if (!token && uri.filter(uris::nameTheProxy).isEmpty()) {
                    return new RouteSet(request, edges, abroad, ours, true, sender);
                }
                abroad = token ? host : abroad;
                sender = token ? last : sender;
                last = token ? edge.map(Party::phone).or(() -> host.map(Party::abroad)) : last;
                ours++;
            }
            return new RouteSet(request, edges, abroad, ours, false, sender);
        }

        private boolean isToken(SipUri uri, SipMessage request) {
            return edge(uri, request).isPresent() || host(uri, request).isPresent();
        }

        private Optional<Edge> edge(SipUri uri, SipMessage request) {
            return read(uri, request, tokens::open);
        }

        private Optional<String> host(SipUri uri, SipMessage request) {
            return read(uri, request, tokens::openForeign);
        }

        // Either side may send it.
        private static <T> Optional<T> read(
                SipUri uri, SipMessage request, BiFunction<String, Bond, Optional<T>> opened) {
            String token = uri.user();
            return token.isEmpty()
                    ? Optional.empty()
                    : opened.apply(token, Bond.ofSender(request))
                            .or(() -> Bond.ofReceiver(request).flatMap(bond -> opened.apply(token, bond)));
        }

        // A strict router puts our Record-Route into the Request-URI and the remote target behind the Routes.
        private SipMessage loosened(SipMessage request) {
            List<NameAddr> routes = request.routes();
            Optional<SipUri> uri = request.requestSipUri();
            if (routes.isEmpty()
                    || uri.filter(target -> isToken(target, request)).isEmpty()) {
                return request;
            }
            var edit = request.edit()
                    .remove(HeaderName.ROUTE)
                    .requestUri(routes.get(routes.size() - 1).uri());
            edit.add(HeaderName.ROUTE, '<' + request.requestUri() + '>');
            routes.subList(0, routes.size() - 1).forEach(route -> edit.add(HeaderName.ROUTE, route.toString()));
            return edit.build();
        }
    }

    /** The same request to another Request-URI. */
    RouteSet to(SipUri uri) {
        SipMessage other = request.edit().requestUri(uri.toString()).build();
        return new RouteSet(other, tokens, abroad, ours, foreign, sender);
    }

    /** The same, of somebody else than it says. */
    RouteSet ofNobody() {
        return new RouteSet(request, tokens, abroad, ours, foreign, Optional.empty());
    }

    /** The edge that the request is to reach: the last hop of ours before the remote target. */
    Optional<Edge> edge() {
        return abroad.isPresent() ? Optional.empty() : lastEdge();
    }

    /** The last edge that our Routes name: of the phone that the request goes to, or of the one that it leaves from. */
    Optional<Edge> lastEdge() {
        return tokens.isEmpty() ? Optional.empty() : Optional.of(tokens.get(tokens.size() - 1));
    }

    /** The Routes that are not ours: the hops behind this platform. */
    List<String> further() {
        List<String> routes = request.headers(HeaderName.ROUTE);
        return routes.subList(ours, routes.size());
    }

    /** Where a request that leaves this platform goes next, RFC 3261 section 16.6 step 6; empty for no SIP URI. */
    Optional<SipUri> nextHop() {
        List<String> routes = further();
        return routes.isEmpty()
                ? request.requestSipUri()
                : NameAddr.parse(routes.get(0)).flatMap(NameAddr::sipUri);
    }
}
