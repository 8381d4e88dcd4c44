package org.sipring.proxy.auth;

import java.util.Comparator;
import java.util.List;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * What users must prove.
 *
 * @param realm the platform's SIP domain
 * @param algorithms the hashes that are offered; the strongest is offered first
 */
public record AuthSettings(String realm, List<DigestAlgorithm> algorithms) {
    /** Sorts. */
    public AuthSettings {
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("no digest algorithm: name at least one");
        }
        algorithms =
                algorithms.stream().distinct().sorted(Comparator.reverseOrder()).toList();
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
}
