package org.sipring.proxy.auth;

import java.util.List;
import java.util.Optional;
import org.sipring.accounts.Account;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.accounts.domain.HostedDomains;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.sip.HostPort;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * What users must prove, in each domain.
 *
 * @param domains the realms, as they are at the moment
 * @param authInt whether the protection of bodies is offered beside that of the request: RFC 7616 section 3.4.3
 */
public record AuthSettings(HostedDomains domains, boolean authInt) {
    /**
     * One domain.
     *
     * @param realm the platform's SIP domain
     * @param algorithms the hashes that are offered
     */
    public AuthSettings(String realm, List<DigestAlgorithm> algorithms) {
        this(new PinnedDomains(realm, algorithms, List.of()), false);
    }

    /**
     * MD5 alone: common phones fail on a challenge of anything else beside it.
     *
     * @param realm the platform's SIP domain
     * @return the settings
     */
    public static AuthSettings usual(String realm) {
        return new AuthSettings(realm, List.of(DigestAlgorithm.MD5));
    }

    /** The platform's own domain. */
    HostedDomain first() {
        return domains.own();
    }

    /** The realm of a name, empty where it is none of ours. */
    Optional<HostedDomain> named(String name) {
        return domains.named(name);
    }

    /** Whether a host is a domain of ours, or below one. */
    boolean hold(String host) {
        return HostPort.within(host, name -> domains.named(name).isPresent());
    }

    /** Whether a user may be served now. */
    boolean serve(Account account) {
        return domains.served(account).enabled();
    }

    /** What the proof may protect, as challenges name it. */
    List<String> qop() {
        return authInt ? List.of("auth", "auth-int") : List.of("auth");
    }
}
