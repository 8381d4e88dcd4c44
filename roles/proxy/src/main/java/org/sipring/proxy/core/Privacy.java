package org.sipring.proxy.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;

/** What the sender of a request wants to be hidden: its Privacy header, RFC 3323 section 4.2. Pure. */
final class Privacy {
    private static final String CRITICAL = "critical";
    private static final String ID = "id";
    private static final String NONE = "none";
    // What this platform can do, or need not.
    private static final Set<String> KEPT = Set.of(CRITICAL, ID, NONE);

    private Privacy() {}

    /** Whether nobody but the platform's nodes may learn who it is. RFC 3325 section 7. */
    static boolean hidesIdentity(SipMessage request) {
        Set<String> wishes = wishes(request);
        // Who names nobody, and says no more, does not want to be named by us.
        return wishes.contains(ID) || (!wishes.contains(NONE) && request.from().anonymous());
    }

    /** Whether the request may go on only if more is hidden than this platform can hide. RFC 3323 section 5. */
    static boolean asksTooMuch(SipMessage request) {
        Set<String> wishes = wishes(request);
        return wishes.contains(CRITICAL) && !KEPT.containsAll(wishes);
    }

    private static Set<String> wishes(SipMessage request) {
        List<String> lines = request.headers(HeaderName.PRIVACY);
        return lines.isEmpty()
                ? Set.of()
                : lines.stream()
                        .flatMap(line -> Arrays.stream(line.split("[;,]", -1)))
                        .map(wish -> wish.trim().toLowerCase(Locale.ROOT))
                        .filter(Predicate.not(String::isEmpty))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
