package org.sipring.proxy.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;

/**
 * What the sender of a request wants to be hidden.
 *
 * @param wishes what Privacy says, in lower case. RFC 3323 section 4.2
 * @param anonymous whether From names nobody
 */
record Privacy(Set<String> wishes, boolean anonymous) {
    private static final String CRITICAL = "critical";
    private static final String ID = "id";
    private static final String NONE = "none";
    // What this platform can do, or need not.
    private static final Set<String> KEPT = Set.of(CRITICAL, ID, NONE);

    static Privacy of(SipMessage request) {
        Set<String> wishes = request.headers(HeaderName.PRIVACY).stream()
                .flatMap(line -> Arrays.stream(line.split("[;,]", -1)))
                .map(wish -> wish.trim().toLowerCase(Locale.ROOT))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.toUnmodifiableSet());
        boolean anonymous = request.from()
                .sipUri()
                .filter(uri -> uri.host().equals("anonymous.invalid"))
                .isPresent();
        return new Privacy(wishes, anonymous);
    }

    /** Whether nobody outside the platform's nodes may learn who it is. RFC 3325 section 7. */
    boolean hidesIdentity() {
        // Who names nobody, and says no more, does not want to be named by us.
        return wishes.contains(ID) || (anonymous && !wishes.contains(NONE));
    }

    /** Whether the request may go on only if more is hidden than this platform can hide. RFC 3323 section 5. */
    boolean asksTooMuch() {
        return wishes.contains(CRITICAL) && !KEPT.containsAll(wishes);
    }
}
