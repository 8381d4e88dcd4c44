package org.sipring.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * A revocation list whose signature by the CA has been checked (RFC 5280 section 5).
 *
 * @param crl the list
 * @param number counts the CA's lists upwards (section 5.2.3)
 * @param nextUpdate when a newer list should have been seen
 */
record RevocationList(X509CRL crl, BigInteger number, Instant nextUpdate) {
    /** Far above what 10,000 revocations need; keeps a hostile peer from filling the memory. */
    static final int MAX_BYTES = 1 << 20;

    /**
     * Reads and checks a list.
     *
     * @param bytes PEM or DER
     * @param ca whose signature it must bear
     */
    static RevocationList read(byte[] bytes, X509Certificate ca) throws GeneralSecurityException {
        if (bytes.length > MAX_BYTES) {
            throw new CertificateException("it is larger than " + MAX_BYTES + " bytes");
        }
        X509CRL crl = Pem.readCrl(bytes);
        if (!crl.getIssuerX500Principal().equals(ca.getSubjectX500Principal())) {
            throw new CertificateException("it is not signed by this platform's CA");
        }
        try {
            crl.verify(ca.getPublicKey());
        } catch (GeneralSecurityException bad) {
            throw new CertificateException("it is not signed by this platform's CA", bad);
        }
        return new RevocationList(crl, numberOf(crl), nextUpdateOf(crl));
    }

    private static BigInteger numberOf(X509CRL crl) throws GeneralSecurityException {
        byte[] extension = crl.getExtensionValue(Extension.cRLNumber.getId());
        if (extension == null) {
            throw new CertificateException("it bears no number");
        }
        try {
            return CRLNumber.getInstance(JcaX509ExtensionUtils.parseExtensionValue(extension))
                    .getCRLNumber();
        } catch (IOException | IllegalArgumentException bad) {
            throw new CertificateException("its number is malformed", bad);
        }
    }

    private static Instant nextUpdateOf(X509CRL crl) throws CertificateException {
        Date next = crl.getNextUpdate();
        if (next == null) {
            throw new CertificateException("it does not say when the next one is due");
        }
        return next.toInstant();
    }

    boolean revokes(X509Certificate certificate) {
        return revokes(certificate.getSerialNumber());
    }

    boolean revokes(BigInteger serial) {
        return crl.getRevokedCertificate(serial) != null;
    }

    boolean newerThan(RevocationList other) {
        return number.compareTo(other.number) > 0;
    }

    boolean staleAt(Instant now) {
        return now.isAfter(nextUpdate);
    }

    byte[] der() {
        try {
            return crl.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a list that was read cannot be written", impossible);
        }
    }
}
