package org.sipring.accounts.domain;

import java.util.List;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * A SIP domain of others as its operator wants it served.
 *
 * @param name as {@link DomainName} has it
 * @param algorithms the digest algorithms to offer its users; none: those of the platform's own domain
 * @param enabled whether its users may be served now
 */
public record Domain(String name, List<DigestAlgorithm> algorithms, boolean enabled) {
    /** Copies. */
    public Domain {
        algorithms = List.copyOf(algorithms);
    }
}
