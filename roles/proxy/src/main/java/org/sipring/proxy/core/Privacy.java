package org.sipring.proxy.core;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;

/** What the sender of a message wants to be hidden: its Privacy header, RFC 3323 section 4.2. Pure. */
final class Privacy {
    private static final String CRITICAL = "critical";
    private static final String ID = "id";
    private static final String NONE = "none";
    private static final String HISTORY = "history";
    // What this platform can do, or need not.
    private static final Set<String> KEPT = Set.of(CRITICAL, ID, NONE, HISTORY);
    // RFC 7044 section 10.1.1: who hides its headers or its session hides where it was sent, too.
    private static final Set<String> OF_HISTORY = Set.of(HISTORY, "header", "session");

    private Privacy() {}

    /** Whether nobody but the platform's nodes may learn who it is. RFC 3325 section 7. */
    static boolean hidesIdentity(SipMessage request) {
        Set<String> wishes = wishes(request);
        // Who names nobody, and says no more, does not want to be named by us.
        return wishes.contains(ID) || (!wishes.contains(NONE) && request.from().anonymous());
    }

    /** Whether nobody but the platform's nodes may learn where a request has been sent: asked for in it, or in a response. */
    static boolean hidesHistory(SipMessage message) {
        return wishes(message).stream().anyMatch(OF_HISTORY::contains);
    }

    /** Whether the request may go on only if more is hidden than this platform can hide. RFC 3323 section 5. */
    static boolean asksTooMuch(SipMessage request) {
        Set<String> wishes = wishes(request);
        return wishes.contains(CRITICAL) && !KEPT.containsAll(wishes);
    }

    private static Set<String> wishes(SipMessage message) {
        List<String> lines = message.headers(HeaderName.PRIVACY);
        return lines.isEmpty()
                ? Set.of()
                : lines.stream()
                        .flatMap(line -> Arrays.stream(line.split("[;,]", -1)))
                        .map(wish -> wish.trim().toLowerCase(Locale.ROOT))
                        .filter(Predicate.not(String::isEmpty))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
