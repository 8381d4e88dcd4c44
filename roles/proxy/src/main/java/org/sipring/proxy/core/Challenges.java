package org.sipring.proxy.core;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestResponse;

/** Responses that ask for a password. RFC 3261 section 22. */
final class Challenges {
    static final List<HeaderName> HEADERS = List.of(HeaderName.WWW_AUTHENTICATE, HeaderName.PROXY_AUTHENTICATE);

    private static final Set<Integer> STATUSES = Set.of(401, 407);

    private Challenges() {}

    static boolean isOne(int status) {
        return STATUSES.contains(status);
    }

    /** Whether a response asks for a password of a user of ours. */
    static boolean asksForOurs(EdgeNames names, SipMessage response) {
        return HEADERS.stream()
                .flatMap(name -> response.headers(name).stream())
                .anyMatch(challenge -> ours(names, challenge));
    }

    /** Whether a challenge, or credentials, name a realm of ours; in any case of letters: some phones make no difference. */
    static boolean ours(EdgeNames names, String value) {
        return DigestResponse.realm(value)
                .filter(realm -> names.serves(realm.toLowerCase(Locale.ROOT)))
                .isPresent();
    }
}
