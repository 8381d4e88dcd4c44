package org.sipring.proxy.auth;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sipring.accounts.Account;
import org.sipring.sip.HeaderName;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** What a request says of who sends it, held against an account that its sender has proved to be. Pure. */
@FunctionalInterface
interface Claim {
    /** The address of the account that the request is for; empty where it claims another's. */
    Optional<String> identity(SipMessage request, Account account);

    /** The address that a REGISTER binds contacts to. RFC 3261 section 10.3 step 4. */
    static Optional<String> registered(SipMessage request, Account account) {
        return own(request.to(), account);
    }

    /**
     * The address that calls: which of its own the caller prefers, or else its From. Who names nobody calls as its
     * account. RFC 3325 sections 5 and 9.2.
     *
     * @param ours tells whether a host is a domain that has users here, or below one, or a node's address
     */
    static Claim caller(Predicate<String> ours) {
        return (request, account) -> {
            Optional<String> preferred = preferred(request, account);
            return own(request.from(), account)
                    .or(() -> request.from().anonymous() ? Optional.of(account.aor()) : Optional.empty())
                    .or(() -> preferred.filter(known -> elsewhere(request.from(), ours)))
                    .map(address -> preferred.orElse(address));
        };
    }

    // Callees are shown From: a preference does not make the address of another user of ours good.
    private static boolean elsewhere(NameAddr from, Predicate<String> ours) {
        return from.sipUri().map(Claim::shown).filter(ours.negate()).isPresent();
    }

    // An absolute name is read as the same without its dot.
    private static String shown(SipUri uri) {
        String host = uri.host();
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static Optional<String> preferred(SipMessage request, Account account) {
        List<String> wishes = request.headers(HeaderName.P_PREFERRED_IDENTITY);
        return wishes.stream()
                .flatMap(wish -> NameAddr.parse(wish).stream())
                .flatMap(wish -> own(wish, account).stream())
                .findFirst();
    }

    private static Optional<String> own(NameAddr address, Account account) {
        return address.sipUri().map(SipUri::aor).filter(account::owns);
    }
}
