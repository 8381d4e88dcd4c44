package org.sipring.proxy.registrar;

import java.util.List;
import java.util.Optional;
import org.sipring.sip.NameAddr;
import org.sipring.sip.Params;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/**
 * The GRUUs that the 200 to one REGISTER shows beside its contacts. RFC 5627 section 5.2.
 *
 * @param gruus writes them
 * @param aor whose contacts they are
 * @param request the REGISTER
 */
record GruuContacts(Gruus gruus, String aor, SipMessage request) {
    /** The option tag. */
    static final String TAG = "gruu";

    /** Whether a phone asks for GRUUs. RFC 5627 section 4.1. */
    static boolean asked(SipMessage request) {
        return request.offers(TAG);
    }

    /** Whether a contact is itself a GRUU of its user's domain, so that it leads nowhere. RFC 5627 section 5.1. */
    static boolean circular(SipMessage request, NameAddr contact) {
        Optional<String> domain = request.to().sipUri().map(SipUri::host);
        return contact.sipUri()
                .filter(uri -> uri.params().has(Gruus.PARAM))
                .map(SipUri::host)
                .filter(host -> domain.equals(Optional.of(host)))
                .isPresent();
    }

    /** What is written behind a contact; nothing for a phone without a lasting name. */
    String params(RegisterAnswer.Bound bound) {
        return instance(bound.params()).map(this::params).orElse("");
    }

    private String params(String instance) {
        String open = ";pub-gruu=" + quoted(gruus.open(aor, instance));
        // It is good while a binding has the Call-ID, as those have that the phone just wrote; another phone of the
        // user hears of its own when it registers.
        return own(instance) ? open + ";temp-gruu=" + quoted(gruus.temporary(aor, instance, request.callId())) : open;
    }

    private boolean own(String instance) {
        return request.contacts().orElse(List.of()).stream()
                .anyMatch(contact -> contact.params().value(Outbound.INSTANCE).equals(Optional.of(instance)));
    }

    private static Optional<String> instance(String params) {
        return Params.parse(params).flatMap(parsed -> parsed.value(Outbound.INSTANCE));
    }

    private static String quoted(SipUri gruu) {
        return "\"" + gruu + '"';
    }
}
