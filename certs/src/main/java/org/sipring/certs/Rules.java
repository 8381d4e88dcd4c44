package org.sipring.certs;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.sipring.api.Identity;

/**
 * What makes a node certificate good. Pure.
 *
 * @param ca the platform's root
 * @param domain the platform's SIP domain
 * @param crl the newest revocation list
 */
record Rules(X509Certificate ca, String domain, RevocationList crl) {
    private static final List<String> BOTH_SIDES = List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    private static final String SIGNATURE = "SHA256withECDSA";

    /**
     * A rule that a certificate breaks.
     *
     * @param text the rest of a sentence that begins with the certificate
     * @param reason decides the TLS alert that the peer sees
     */
    record Breach(String text, Reason reason) {}

    /** The same rules with a newer list. */
    Rules with(RevocationList newer) {
        return new Rules(ca, domain, newer);
    }

    /**
     * Judges a peer.
     *
     * @param chain as the handshake brought it, the peer's own certificate first
     * @throws CertificateException when it breaks a rule; the message says which
     */
    Identity.Holder judge(X509Certificate[] chain, Instant now) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("the peer has shown no certificate");
        }
        List<Breach> breaches = new ArrayList<>(breaches(chain[0], now));
        if (breaches.isEmpty() && crl.revokes(chain[0])) {
            breaches.add(new Breach("is revoked", BasicReason.REVOKED));
        }
        if (!breaches.isEmpty()) {
            Breach first = breaches.get(0);
            String text = "the certificate of " + claimed(chain[0]) + " " + first.text();
            // JSSE chooses the alert by the reason of this cause.
            throw new CertificateException(text, new CertPathValidatorException(text, null, null, -1, first.reason()));
        }
        return Sans.holder(chain[0]);
    }

    private static String claimed(X509Certificate certificate) {
        try {
            Identity.Holder peer = Sans.holder(certificate);
            return peer.node() + " (" + peer.host() + ")";
        } catch (CertificateException unreadable) {
            return "an unknown node";
        }
    }

    /** Every rule that a certificate breaks, revocation apart. What another CA signed is not looked into. */
    List<Breach> breaches(X509Certificate certificate, Instant now) {
        if (!signed(certificate)) {
            return List.of(new Breach("is of another CA than this platform's", BasicReason.INVALID_SIGNATURE));
        }
        List<Breach> found = new ArrayList<>();
        checkTime(certificate, now, found);
        checkUse(certificate, found);
        checkNames(certificate, found);
        return found;
    }

    private boolean signed(X509Certificate certificate) {
        try {
            certificate.verify(ca.getPublicKey());
            return certificate.getSigAlgName().equals(SIGNATURE)
                    && certificate.getIssuerX500Principal().equals(ca.getSubjectX500Principal());
        } catch (GeneralSecurityException otherKey) {
            return false;
        }
    }

    private void checkTime(X509Certificate certificate, Instant now, List<Breach> found) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            found.add(new Breach("has expired at " + until + ": renew it", BasicReason.EXPIRED));
        }
        if (now.isBefore(from)) {
            found.add(new Breach(
                    "is not valid before " + from + ", and it is " + now + " here: set the clocks right",
                    BasicReason.NOT_YET_VALID));
        }
        if (now.isAfter(ca.getNotAfter().toInstant())) {
            found.add(new Breach("is signed by a CA that has expired: make a new CA", BasicReason.EXPIRED));
        }
    }

    private static void checkUse(X509Certificate certificate, List<Breach> found) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            if (uses == null || !uses.containsAll(BOTH_SIDES)) {
                found.add(unspecified("is not for both serverAuth and clientAuth"));
            }
        } catch (CertificateException malformed) {
            found.add(unspecified("has a malformed extended key usage"));
        }
        if (certificate.getBasicConstraints() >= 0) {
            found.add(unspecified("is a CA's, not a node's"));
        }
        if (certificate.hasUnsupportedCriticalExtension()) {
            found.add(unspecified("has a critical extension that this release does not know"));
        }
    }

    private void checkNames(X509Certificate certificate, List<Breach> found) {
        try {
            Identity.Holder peer = Sans.holder(certificate);
            if (!peer.domain().equals(domain)) {
                found.add(unspecified("is for domain " + peer.domain() + ", not for " + domain));
            }
        } catch (CertificateException malformed) {
            found.add(unspecified("is not a node's: " + malformed.getMessage()));
        }
    }

    private static Breach unspecified(String text) {
        return new Breach(text, BasicReason.UNSPECIFIED);
    }
}
