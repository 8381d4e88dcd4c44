package org.sipring.proxy.registrar;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;

/**
 * What the 200 to a REGISTER says. RFC 3261 section 10.3 step 8. Callable from any thread.
 *
 * @param names where phones send to
 * @param gruus writes GRUUs
 * @param dates writes when
 * @param clock the time of day, from any thread
 */
record RegisterReply(EdgeNames names, Gruus gruus, Dates dates, Supplier<Instant> clock) {
    // What RFC 5626 section 4.4.1 lets a phone do of itself over a connection.
    private static final Duration FLOW_TIMER = Duration.ofMinutes(2);

    SipMessage write(MessageBuilder edit, SipMessage request, Transport transport, String aor, RegisterAnswer answer) {
        contacts(edit, request, aor, answer);
        path(edit, request);
        names.serviceRoute(transport).ifPresent(route -> edit.add(HeaderName.SERVICE_ROUTE, route));
        if (Outbound.asked(request)) {
            outbound(edit, request, transport);
        }
        return edit.add(HeaderName.DATE, dates.write(clock.get())).build();
    }

    private void contacts(MessageBuilder edit, SipMessage request, String aor, RegisterAnswer answer) {
        if (GruuContacts.asked(request)) {
            GruuContacts told = new GruuContacts(gruus, aor, request);
            answer.contacts().forEach(bound -> edit.add(HeaderName.CONTACT, bound + told.params(bound)));
        } else {
            answer.contacts().forEach(bound -> edit.add(HeaderName.CONTACT, bound.toString()));
        }
    }

    /** RFC 3327 section 5.3. */
    private static void path(MessageBuilder edit, SipMessage request) {
        List<String> path = RegisterReader.path(request);
        path.forEach(hop -> edit.add(HeaderName.PATH, hop));
        if (!path.isEmpty()) {
            edit.add(HeaderName.SUPPORTED, "path");
        }
    }

    /** RFC 5626 section 6: so the phone knows that it is called over this flow. */
    private static void outbound(MessageBuilder edit, SipMessage request, Transport transport) {
        edit.add(HeaderName.REQUIRE, Outbound.TAG);
        // Over UDP a phone left to itself pings four times as often, and a NAT needs that.
        if (transport != Transport.UDP && RegisterReader.path(request).isEmpty()) {
            edit.add(HeaderName.FLOW_TIMER, Long.toString(FLOW_TIMER.toSeconds()));
        }
    }
}
