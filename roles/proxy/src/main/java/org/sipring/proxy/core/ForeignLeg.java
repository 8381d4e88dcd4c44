package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.sipring.proxy.edge.Bond;
import org.sipring.proxy.edge.Party;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;

/**
 * The way of a call into another domain.
 *
 * @param platform writes Record-Routes
 * @param loop knows where this node listens
 * @param transport how the other side is spoken to
 * @param secure whether the call is for a SIPS URI
 * @param side where the call goes
 * @param allowed which hosts there its requests may go to
 * @param bond the dialog
 * @param route the Record-Route that the other side sees
 */
record ForeignLeg(
        Platform platform,
        SipLoop loop,
        Transport transport,
        boolean secure,
        Party side,
        Predicate<String> allowed,
        Bond bond,
        String route) {
    /** About what two Record-Routes add to a request. */
    static final int BYTES = 480;

    static ForeignLeg of(
            Platform platform,
            SipLoop loop,
            Transport transport,
            SipMessage request,
            Party side,
            Predicate<String> allowed) {
        boolean secure = Sips.asked(request);
        Bond bond = Bond.ofSender(request);
        String route = platform.routeAbroad(side, bond, transport, secure, loop);
        return new ForeignLeg(platform, loop, transport, secure, side, allowed, bond, route);
    }

    /** Where the call goes. */
    String host() {
        return side.name();
    }

    /**
     * Tells our phone's side where the dialog's requests will leave to: only now the other side has said where it wants
     * them, in its own Record-Route or else its Contact. RFC 3261 section 16.7 step 8 lets a proxy rewrite its own value.
     */
    SipMessage settled(SipMessage response) {
        List<NameAddr> routes = routes(response);
        int own = own(routes);
        return elsewhere(response, routes, own)
                .map(named -> rewritten(response, routes, own, named))
                .orElse(response);
    }

    /** The host that the dialog's requests will leave for, after a 2xx. */
    String leadsTo(SipMessage response) {
        List<NameAddr> routes = routes(response);
        return elsewhere(response, routes, own(routes)).orElse(host());
    }

    private static List<NameAddr> routes(SipMessage response) {
        return response.recordRoutes().orElse(List.of());
    }

    private int own(List<NameAddr> routes) {
        return IntStream.range(0, routes.size())
                .filter(i -> route.equals('<' + routes.get(i).uri() + '>'))
                .findFirst()
                .orElse(-1);
    }

    private Optional<String> elsewhere(SipMessage response, List<NameAddr> routes, int own) {
        Optional<String> there = own < 0 ? Optional.empty() : behind(response, routes, own);
        return there.filter(named -> !named.equals(host()) && allowed.test(named));
    }

    private static Optional<String> behind(SipMessage response, List<NameAddr> routes, int own) {
        Optional<NameAddr> hop = own > 0
                ? Optional.of(routes.get(own - 1))
                : response.contacts().flatMap(contacts -> contacts.stream().findFirst());
        return hop.flatMap(NameAddr::sipUri).map(Foreign::host);
    }

    private SipMessage rewritten(SipMessage response, List<NameAddr> routes, int own, String named) {
        MessageBuilder edit = response.edit().remove(HeaderName.RECORD_ROUTE);
        for (int i = 0; i < routes.size(); i++) {
            String value = i == own
                    ? platform.routeAbroad(Party.abroad(named, side.opposite()), bond, transport, secure, loop)
                    : routes.get(i).toString();
            edit.add(HeaderName.RECORD_ROUTE, value);
        }
        return edit.build();
    }
}
