package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.accounts.Account;
import org.sipring.accounts.CallRules;
import org.sipring.proxy.foreign.UriHost;
import org.sipring.sip.HeaderName;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;

/** Whose requests a user of ours does not want. Pure. */
final class Screening {
    /** Says no more than that nobody answers: who is blocked is the callee's secret. RFC 3261 section 21.6.2. */
    static final int DECLINED = 603;
    /** Anonymity Disallowed, RFC 5079: the caller may call again by name. */
    static final int ANONYMOUS = 433;

    private Screening() {}

    /**
     * How a user answers a caller.
     *
     * @param user who is called
     * @param request what the caller asks, without what it may not assert
     * @param proved the addresses that are proved to be the caller's; none where nobody has proved anything here
     * @return empty where the caller is welcome
     */
    static Optional<Integer> refuses(Account user, SipMessage request, List<String> proved) {
        CallRules rules = user.rules();
        if (rules.blocked().isEmpty()) {
            return Optional.empty();
        }
        if (callers(user, request, proved).anyMatch(rules::blocks)) {
            return Optional.of(DECLINED);
        }
        boolean known = !proved.isEmpty() || request.has(HeaderName.P_ASSERTED_IDENTITY);
        return isAnonymous(request, known) && rules.blocks(CallRules.ANONYMOUS)
                ? Optional.of(ANONYMOUS)
                : Optional.empty();
    }

    // From is believed only where nobody knows better.
    private static Stream<String> callers(Account user, SipMessage request, List<String> proved) {
        if (!proved.isEmpty()) {
            return proved.stream();
        }
        List<String> asserted = request.headers(HeaderName.P_ASSERTED_IDENTITY);
        return asserted.isEmpty()
                ? caller(user, request.from()).stream()
                : asserted.stream()
                        .flatMap(value -> NameAddr.parse(value).stream())
                        .flatMap(one -> caller(user, one).stream());
    }

    // A number is whoever the user reaches by it: the one of that name in the user's own domain.
    private static Optional<String> caller(Account user, NameAddr address) {
        return address.sipUri()
                .map(uri -> uri.user() + '@' + UriHost.shown(uri))
                .or(() -> TelUri.number(address.uri()).map(number -> number + domain(user)));
    }

    private static String domain(Account user) {
        return user.aor().substring(user.aor().lastIndexOf('@'));
    }

    private static boolean isAnonymous(SipMessage request, boolean known) {
        boolean hides = Privacy.hidesIdentity(request);
        // The callee sees From, and who is asserted where that is not to be hidden.
        return request.from().anonymous() ? !known || hides : !known && hides;
    }
}
