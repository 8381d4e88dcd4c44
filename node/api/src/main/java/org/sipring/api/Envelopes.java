package org.sipring.api;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** What a node's certificate does for secrets: others seal for it, and it alone opens. Callable from any thread. */
public interface Envelopes {
    /**
     * The certificate that secrets for this node are sealed for.
     *
     * @return the newest
     */
    X509Certificate own();

    /**
     * Seals a secret.
     *
     * @param secret the secret
     * @param node who shall read it
     * @param certificate what that node shows; may come from anybody
     * @return the envelope
     * @throws CertificateException when the certificate is not that node's, or not good now
     */
    byte[] seal(byte[] secret, NodeId node, X509Certificate certificate) throws CertificateException;

    /**
     * Opens an envelope.
     *
     * @param envelope may be for another, and damaged
     * @return the secret; empty when no key of this node, newest or former, opens it
     */
    Optional<byte[]> open(byte[] envelope);

    /**
     * Tells whether keys from before a renewal are kept yet, for what is sealed for them.
     *
     * @return true until {@link #renewed}
     */
    boolean isRenewed();

    /** All that is kept for this node is sealed for its newest certificate now. */
    void renewed();
}
