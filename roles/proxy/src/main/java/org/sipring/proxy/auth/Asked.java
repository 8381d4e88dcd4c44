package org.sipring.proxy.auth;

import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.sip.HeaderName;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** Of which domain the sender of a request is asked to prove to be a user: of the one that it says. Pure. */
final class Asked {
    private Asked() {}

    /** Whose contacts a REGISTER binds: To says. */
    static HostedDomain registering(SipMessage request, AuthSettings settings) {
        return first(settings, Stream.of(request.to().sipUri()));
    }

    /**
     * Who calls: From says; where it names nobody, the identity that the caller prefers, and where it prefers none, the
     * domain that it calls: most calls are between users of one.
     */
    static HostedDomain calling(SipMessage request, AuthSettings settings) {
        return first(
                settings,
                Stream.concat(
                        Stream.of(request.from().sipUri()),
                        Stream.concat(preferred(request), Stream.of(request.requestSipUri()))));
    }

    private static Stream<Optional<SipUri>> preferred(SipMessage request) {
        return request.headers(HeaderName.P_PREFERRED_IDENTITY).stream()
                .map(NameAddr::parse)
                .map(wish -> wish.flatMap(NameAddr::sipUri));
    }

    private static HostedDomain first(AuthSettings settings, Stream<Optional<SipUri>> said) {
        return said.flatMap(Optional::stream)
                .flatMap(uri -> settings.named(uri.host()).stream())
                .findFirst()
                .orElse(settings.first());
    }
}
