package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.proxy.edge.Edge;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.SipLoop;

/**
 * A request as it was received, ready to be sent on to any phone. RFC 3261 section 16.6.
 *
 * @param routeSet the request and its Routes
 * @param platform writes Record-Routes
 * @param caller the Record-Route that leads back to the caller; empty when the request asks for none
 * @param mark for our branch
 */
record ForwardedRequest(RouteSet routeSet, Platform platform, Optional<String> caller, String mark) {
    private static final Set<String> DIALOG_FORMING = Set.of("INVITE", "SUBSCRIBE", "REFER");
    private static final int MAX_FORWARDS = 70;

    /** Whether a request may begin a dialog, so that this proxy asks to stay in it. */
    static boolean beginsDialog(SipMessage request) {
        return DIALOG_FORMING.contains(request.method()) && request.toTag().isEmpty();
    }

    SipMessage request() {
        return routeSet.request();
    }

    /** The request for one phone, all but our Via. */
    MessageBuilder to(Target target, OpenWay open, SipLoop loop) {
        MessageBuilder edit = request().edit();
        if (routeSet.ours() > 0) {
            List<String> routes = request().headers(HeaderName.ROUTE);
            edit.remove(HeaderName.ROUTE);
            routes.stream().skip(routeSet.ours()).forEach(route -> edit.add(HeaderName.ROUTE, route));
        }
        // Meant for this proxy, RFC 3261 section 22.3, and none of the callee's business.
        edit.remove(HeaderName.PROXY_AUTHORIZATION);
        edit.maxForwards(request().maxForwards().orElse(MAX_FORWARDS + 1) - 1);
        if (!target.uri().equals(request().requestUri())) {
            edit.requestUri(target.uri());
        }
        for (int i = target.path().size() - 1; i >= 0; i--) {
            edit.prepend(HeaderName.ROUTE, target.path().get(i));
        }
        if (open.flow().node().isPresent()) {
            edit.prepend(HeaderName.ROUTE, route(open.edge(), loop));
        }
        caller.ifPresent(back -> {
            // The callee's first Route is the topmost, the caller's the lowest: each gets the one to its own phone.
            edit.prepend(HeaderName.RECORD_ROUTE, back);
            edit.prepend(HeaderName.RECORD_ROUTE, route(open.edge(), loop));
        });
        return edit;
    }

    /** The Route to an edge within the dialog of this request, or on the way to its phone. */
    private String route(Edge edge, SipLoop loop) {
        return platform.route(edge, request().callId(), Sips.asked(request()), loop);
    }
}
