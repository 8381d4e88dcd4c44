package org.sipring.sip.transport;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Whose web pages may connect. A browser says of each connection which page opened it, RFC 6454; programs that are no
 * browsers say nothing and are not asked.
 *
 * @param listed the origins that the operator allows, such as {@code https://phone.example.org}; {@code *} allows all
 * @param domain pages of this domain, and of what is below it, may always
 */
public record Origins(List<String> listed, String domain) {
    private static final String ALL = "*";

    /** Copies the list. */
    public Origins {
        listed = listed.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
    }

    /** Whether the page of an {@code Origin} header may connect. */
    boolean admit(String origin) {
        String asked = origin.toLowerCase(Locale.ROOT);
        return listed.contains(ALL) || listed.contains(asked) || own(asked);
    }

    private boolean own(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return !domain.isEmpty() && host != null && (host.equals(domain) || host.endsWith('.' + domain));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
