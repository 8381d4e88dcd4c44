package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.proxy.edge.Bond;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.Party;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;

/**
 * A request as it was received, ready to be sent on to any phone. RFC 3261 section 16.6.
 *
 * @param identity the address that the caller has proved to be its own; empty where another node has asserted it, or
 *     nobody can
 * @param routeSet the request and its Routes
 * @param platform writes Record-Routes
 * @param caller the Record-Route that leads back to the caller; empty when the request asks for none
 * @param mark for our branch
 */
record ForwardedRequest(
        Optional<String> identity, RouteSet routeSet, Platform platform, Optional<String> caller, String mark) {
    private static final Set<String> DIALOG_FORMING = Set.of("INVITE", "SUBSCRIBE", "REFER");
    private static final int MAX_FORWARDS = 70;

    /** Whether a request may begin a dialog, so that this proxy asks to stay in it. */
    static boolean beginsDialog(SipMessage request) {
        return DIALOG_FORMING.contains(request.method()) && request.toTag().isEmpty();
    }

    /** The host in another domain that the requests of the call go back to; empty where they go back to a phone of ours. */
    Optional<String> origin() {
        return caller.flatMap(NameAddr::parse)
                .flatMap(route -> platform.routes().side(route, Bond.of(request())))
                .flatMap(Party::host);
    }

    SipMessage request() {
        return routeSet.request();
    }

    /** A request that leaves for another domain. */
    static ForwardedRequest leaving(RouteSet routeSet, Platform platform, Optional<String> caller) {
        return new ForwardedRequest(Optional.empty(), routeSet, platform, caller, "").marked();
    }

    /** A request that leaves for a trunk, which is told who calls. RFC 3325 section 5. */
    static ForwardedRequest dialled(String identity, RouteSet routeSet, Platform platform, Optional<String> caller) {
        return new ForwardedRequest(Optional.of(identity), routeSet, platform, caller, "").marked();
    }

    /** The same request as a user of ours forwards it to another address of ours. */
    ForwardedRequest divertedTo(SipUri uri) {
        return new ForwardedRequest(identity, routeSet.to(uri), platform, caller, mark);
    }

    /**
     * The same request as a user of ours forwards it to another domain.
     *
     * @param uri where it goes
     * @param payer that user, where it goes to a trunk, as for the user's own calls
     */
    ForwardedRequest divertedAbroad(SipUri uri, Optional<String> payer) {
        // What comes back asks for the same user again.
        return new ForwardedRequest(payer, routeSet.to(uri), platform, caller, marked().mark);
    }

    // The mark must be known again where nothing of ours is left in the request.
    private ForwardedRequest marked() {
        String own = LoopMark.of(onward().build());
        return new ForwardedRequest(identity, routeSet, platform, caller, own);
    }

    // What is ours has been read: Routes, and credentials.
    private MessageBuilder onward() {
        MessageBuilder edit = request().edit();
        if (routeSet.ours() > 0) {
            List<String> further = routeSet.further();
            edit.remove(HeaderName.ROUTE);
            further.forEach(route -> edit.add(HeaderName.ROUTE, route));
        }
        withoutOurCredentials(edit);
        return edit.maxForwards(request().maxForwards().orElse(MAX_FORWARDS + 1) - 1);
    }

    /**
     * The request for another domain, all but our Via.
     *
     * @param leg the Record-Route by which the other side's requests come back, where it gets one
     */
    MessageBuilder abroad(Optional<String> leg) {
        // Identities are asserted inside the trust domain only, RFC 3325 section 5.
        MessageBuilder edit = onward().remove(HeaderName.P_ASSERTED_IDENTITY);
        assertIdentity(edit, false);
        List<String> routes = routeSet.further();
        Optional<NameAddr> strict = routes.stream()
                .findFirst()
                .flatMap(NameAddr::parse)
                .filter(first -> first.sipUri().filter(SipUri::lr).isEmpty());
        // RFC 3261 section 16.6 step 6.
        strict.ifPresent(router -> edit.removeFirst(HeaderName.ROUTE)
                .add(HeaderName.ROUTE, '<' + request().requestUri() + '>')
                .requestUri(router.uri()));
        caller.ifPresent(back -> {
            edit.prepend(HeaderName.RECORD_ROUTE, back);
            leg.ifPresent(route -> edit.prepend(HeaderName.RECORD_ROUTE, route));
        });
        return edit;
    }

    /** The request for one phone, all but our Via. */
    MessageBuilder to(Target target, OpenWay open, SipLoop loop) {
        MessageBuilder edit = onward();
        assertIdentity(edit, open.flow().node().isEmpty());
        if (!target.uri().equals(request().requestUri())) {
            edit.requestUri(target.uri());
        }
        for (int i = target.path().size() - 1; i >= 0; i--) {
            edit.prepend(HeaderName.ROUTE, target.path().get(i));
        }
        if (open.flow().node().isPresent()) {
            edit.prepend(HeaderName.ROUTE, route(open.edge(), loop));
            // The node behind the link cannot see who sent it. The parameter keeps it from looking like a loop.
            routeSet.sender().ifPresent(side -> edit.prepend(HeaderName.ROUTE, route(side, open.flow(), loop)));
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
        return platform.route(edge, Bond.ofSender(request()), Sips.asked(request()), loop);
    }

    private String route(Party side, Flow link, SipLoop loop) {
        String route = side.edge()
                .map(edge -> route(edge, loop))
                .orElseGet(() -> platform.routeAbroad(
                        side, Bond.ofSender(request()), link.transport(), Sips.asked(request()), loop));
        return route.substring(0, route.length() - 1) + ";sent>";
    }

    /** What is meant for this platform ends here; what is meant for others behind it goes on. RFC 3261 section 22.3. */
    private void withoutOurCredentials(MessageBuilder edit) {
        // Also where somebody made a phone believe that a user of ours asks for our passwords.
        withoutOurCredentials(edit, HeaderName.PROXY_AUTHORIZATION);
        withoutOurCredentials(edit, HeaderName.AUTHORIZATION);
    }

    private void withoutOurCredentials(MessageBuilder edit, HeaderName name) {
        if (!request().has(name)) {
            return;
        }
        List<String> all = request().headers(name);
        List<String> others = all.stream()
                .filter(credentials -> !Challenges.ours(platform.names(), credentials))
                .toList();
        if (others.size() < all.size()) {
            edit.remove(name);
            others.forEach(credentials -> edit.add(name, credentials));
        }
    }

    /** Nodes are told who calls, and phones where the caller does not mind. RFC 3325 sections 5 and 7. */
    private void assertIdentity(MessageBuilder edit, boolean toPhone) {
        boolean known = identity.isPresent() || request().has(HeaderName.P_ASSERTED_IDENTITY);
        if (known && toPhone && Privacy.hidesIdentity(request())) {
            edit.remove(HeaderName.P_ASSERTED_IDENTITY);
        } else {
            identity.ifPresent(address ->
                    edit.set(HeaderName.P_ASSERTED_IDENTITY, '<' + uri(address).toString() + '>'));
        }
    }

    private static SipUri uri(String address) {
        int at = address.lastIndexOf('@');
        return SipUri.of(address.substring(0, at), address.substring(at + 1), -1);
    }
}
