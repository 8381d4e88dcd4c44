package org.sipring.proxy.auth;

import java.util.Comparator;
import java.util.List;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * A SIP domain, and how its users prove who they are.
 *
 * @param name the domain, in lower case
 * @param algorithms the hashes that are offered; the strongest is offered first
 * @param authInt whether the protection of bodies is offered beside that of the request: RFC 7616 section 3.4.3
 */
public record Realm(String name, List<DigestAlgorithm> algorithms, boolean authInt) {
    /** Sorts. */
    public Realm {
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("no digest algorithm: name at least one");
        }
        algorithms =
                algorithms.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    }

    /**
     * A domain whose users prove requests without their bodies.
     *
     * @param name the domain, in lower case
     * @param algorithms the hashes that are offered
     */
    public Realm(String name, List<DigestAlgorithm> algorithms) {
        this(name, algorithms, false);
    }

    /** What the proof may protect, as challenges name it. */
    List<String> qop() {
        return authInt ? List.of("auth", "auth-int") : List.of("auth");
    }
}
