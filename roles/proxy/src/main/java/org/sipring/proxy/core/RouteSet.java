package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.proxy.edge.Bond;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.EdgeRoutes;
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
 * @param last the side that the last token of ours names: the one that the request goes to
 * @param ours how many leading Routes are ours
 * @param foreign whether more Routes follow, or one of ours is not genuine
 * @param sender the side that our Routes name before the last: the one that sends the request, if it tells the truth
 */
record RouteSet(
        SipMessage request,
        List<Edge> tokens,
        Optional<Party> last,
        int ours,
        boolean foreign,
        Optional<Party> sender) {
    /** Reads requests for one platform. */
    record Reader(EdgeRoutes routes, OurUris uris) {
        RouteSet read(SipMessage received) {
            return received.routes().isEmpty()
                    ? new RouteSet(received, List.of(), Optional.empty(), 0, false, Optional.empty())
                    : read(received, Bond.of(received));
        }

        private RouteSet read(SipMessage received, List<Bond> bonds) {
            SipMessage request = loosened(received, bonds);
            List<Edge> edges = new ArrayList<>(2);
            int ours = 0;
            Optional<Party> sender = Optional.empty();
            Optional<Party> last = Optional.empty();
            for (NameAddr route : request.routes()) {
                Optional<Party> side = routes.side(route, bonds);
                if (side.isPresent()) {
                    side.get().edge().ifPresent(edges::add);
                    sender = last;
                    last = side;
                } else if (route.sipUri().filter(uris::nameTheProxy).isEmpty()) {
                    return new RouteSet(request, edges, last, ours, true, sender);
                }
                ours++;
            }
            return new RouteSet(request, edges, last, ours, false, sender);
        }

        // A strict router puts our Record-Route into the Request-URI and the remote target behind the Routes.
        private SipMessage loosened(SipMessage request, List<Bond> bonds) {
            Optional<SipUri> uri = request.requestSipUri();
            if (uri.flatMap(target -> routes.side(target, bonds)).isEmpty()) {
                return request;
            }
            List<NameAddr> shown = request.routes();
            var edit = request.edit()
                    .remove(HeaderName.ROUTE)
                    .requestUri(shown.get(shown.size() - 1).uri());
            edit.add(HeaderName.ROUTE, '<' + request.requestUri() + '>');
            shown.subList(0, shown.size() - 1).forEach(route -> edit.add(HeaderName.ROUTE, route.toString()));
            return edit.build();
        }
    }

    /** The same request to another Request-URI. */
    RouteSet to(SipUri uri) {
        SipMessage other = request.edit().requestUri(uri.toString()).build();
        return new RouteSet(other, tokens, last, ours, foreign, sender);
    }

    /** The same, of somebody else than it says. */
    RouteSet ofNobody() {
        return new RouteSet(request, tokens, last, ours, foreign, Optional.empty());
    }

    /** The one host of another domain that the request may go to, where the last token of ours says so. */
    Optional<String> abroad() {
        return last.flatMap(Party::host);
    }

    /** The other domain that sends the request, where a user of ours forwarded the call between it and another one. */
    Optional<Party> forwardedBetween() {
        return sender.filter(side -> last.filter(side::talksWith).isPresent());
    }

    /** The edge that the request is to reach: the last hop of ours before the remote target. */
    Optional<Edge> edge() {
        return abroad().isPresent() ? Optional.empty() : lastEdge();
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
