package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transport.Flow;

/** What a SIPS URI asks of a proxy: every hop is TLS, the last one too, or there is none. RFC 5630 section 5.3. Pure. */
final class Sips {
    private static final String SCHEME = "sips:";
    private static final String NOT_ALLOWED = "380 %s \"SIPS Not Allowed\"";

    private Sips() {}

    /** Whether a request is for a SIPS URI. */
    static boolean asked(SipMessage request) {
        return request.requestSipUri().filter(SipUri::secure).isPresent();
    }

    /** Whether a request for a SIPS URI came by a hop that anybody could read. */
    static boolean betrayed(SipMessage request, Flow from) {
        return !from.transport().secure() && asked(request);
    }

    /** Where a request goes next: by TLS where it is for a SIPS URI, whatever a Route says. RFC 3263 section 4. */
    static SipUri hop(SipUri next, SipMessage request) {
        return asked(request) ? next.secured() : next;
    }

    /** Whether a phone may be sent a request for a URI over a flow. */
    static boolean permits(String uri, FlowRef flow) {
        return flow.transport().secure() || sips(uri).isEmpty();
    }

    /**
     * Where a request may go of all that its callee registered: for a SIPS URI to SIPS contacts only; for a SIP URI to all,
     * and SIPS contacts are called by their SIP form.
     */
    static List<Locations.Registered> reachable(List<Locations.Registered> contacts, SipMessage request) {
        return asked(request)
                ? contacts.stream().filter(Sips::secure).toList()
                : contacts.stream().map(Sips::relaxed).toList();
    }

    private static boolean secure(Locations.Registered contact) {
        return sips(contact.uri()).isPresent();
    }

    private static Locations.Registered relaxed(Locations.Registered contact) {
        return sips(contact.uri())
                .map(uri -> contact.calledAs(uri.relaxed().toString()))
                .orElse(contact);
    }

    // Mostly it is none, and need not be read to tell.
    private static Optional<SipUri> sips(String uri) {
        return uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? SipUri.parse(uri) : Optional.empty();
    }

    /** The answer where the callee has phones, but none that may be called so. */
    static SipMessage notAllowed(ServerTransaction transaction, String domain) {
        return transaction
                .response(480)
                .edit()
                .add(HeaderName.WARNING, NOT_ALLOWED.formatted(domain))
                .build();
    }
}
