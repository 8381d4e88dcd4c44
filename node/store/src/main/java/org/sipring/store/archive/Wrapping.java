package org.sipring.store.archive;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/** Seals a secret for the holder of a certificate. */
@FunctionalInterface
public interface Wrapping {
    /**
     * Seals a secret.
     *
     * @param secret the secret
     * @param reader who shall read it; not judged
     * @return the envelope, of some hundred bytes
     * @throws GeneralSecurityException when nothing can be sealed for that certificate
     */
    byte[] seal(byte[] secret, X509Certificate reader) throws GeneralSecurityException;
}
