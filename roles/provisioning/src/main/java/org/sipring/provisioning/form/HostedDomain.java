package org.sipring.provisioning.form;

import java.util.List;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * A domain that has its users here.
 *
 * @param name in lower case
 * @param algorithms what a new password is stored for
 */
public record HostedDomain(String name, List<DigestAlgorithm> algorithms) {
    /** Copies. */
    public HostedDomain {
        algorithms = List.copyOf(algorithms);
    }
}
