package org.sipring.proxy.auth;

import java.util.Comparator;
import java.util.List;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * A SIP domain, and how its users prove who they are.
 *
 * @param name the domain, in lower case
 * @param algorithms the hashes that are offered; the strongest is offered first
 */
public record Realm(String name, List<DigestAlgorithm> algorithms) {
    /** Sorts. */
    public Realm {
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("no digest algorithm: name at least one");
        }
        algorithms =
                algorithms.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    }
}
