package org.sipring.proxy.registrar;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** When a SIPS contact may be bound: a secure resource must not be bound to an insecure one. RFC 5630 section 5.2. Pure. */
final class SipsContacts {
    private SipsContacts() {}

    /** Whether a REGISTER is for SIPS contacts, but not all of its way to them is secure. From and To do not count. */
    static boolean betrayed(SipMessage request, List<NameAddr> contacts) {
        if (contacts.stream().noneMatch(contact -> secure(contact.sipUri()))) {
            return false;
        }
        Stream<Optional<SipUri>> way = Stream.of(
                        Stream.of(request.requestSipUri()),
                        contacts.stream().map(NameAddr::sipUri),
                        RegisterReader.path(request).stream()
                                .map(hop -> NameAddr.parse(hop).flatMap(NameAddr::sipUri)))
                .flatMap(uris -> uris);
        return !way.allMatch(SipsContacts::secure);
    }

    private static boolean secure(Optional<SipUri> uri) {
        return uri.filter(SipUri::secure).isPresent();
    }
}
