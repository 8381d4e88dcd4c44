package org.sipring.proxy.auth;

import java.util.List;
import java.util.Optional;
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
     * account. RFC 3325 section 5.
     */
    static Optional<String> caller(SipMessage request, Account account) {
        Optional<String> from = own(request.from(), account)
                .or(() -> request.from().anonymous() ? Optional.of(account.aor()) : Optional.empty());
        // Callees are shown From: a preference does not make another's good.
        return from.map(address -> preferred(request, account).orElse(address));
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
