package org.sipring.sip.tls;

import java.util.Set;

/**
 * What the certificate of a connection's other end has proved.
 *
 * @param domains the SIP domains that it speaks for, in lower case
 * @param mutual whether this node has shown a certificate as well
 */
public record Proof(Set<String> domains, boolean mutual) {
    /** Nothing was proved: the other end is a phone, or no more is known than its address. */
    public static final Proof NOTHING = new Proof(Set.of(), false);

    /** Copies the domains. */
    public Proof {
        domains = Set.copyOf(domains);
    }
}
