package org.sipring.sip.transport;

import java.util.Optional;
import org.sipring.api.Identity;
import org.sipring.sip.tls.DomainTls;
import org.sipring.sip.tls.NodeCertificate;
import org.sipring.sip.tls.PhoneTls;

/**
 * What this node proves itself with.
 *
 * @param nodes to other nodes, which prove themselves too
 * @param phones to phones
 * @param domains to other domains; empty: these are not spoken to by TLS
 */
public record Credentials(Identity nodes, PhoneTls phones, Optional<DomainTls> domains) {
    /**
     * Without TLS to other domains.
     *
     * @param nodes to other nodes
     * @param phones to phones
     */
    public Credentials(Identity nodes, PhoneTls phones) {
        this(nodes, phones, Optional.empty());
    }

    /**
     * One certificate for both.
     *
     * @param identity this node's
     * @return its credentials
     */
    public static Credentials of(Identity identity) {
        return new Credentials(identity, new NodeCertificate(identity));
    }
}
