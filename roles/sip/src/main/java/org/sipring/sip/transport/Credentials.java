package org.sipring.sip.transport;

import org.sipring.api.Identity;
import org.sipring.sip.tls.NodeCertificate;
import org.sipring.sip.tls.PhoneTls;

/**
 * What this node proves itself with.
 *
 * @param nodes to other nodes, which prove themselves too
 * @param phones to phones
 */
public record Credentials(Identity nodes, PhoneTls phones) {
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
