package org.sipring.sip.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Whose certificate ends a handshake that its holder began. Where the operator names CAs of phones, a certificate of
 * another CA does, unless another domain's CA signed it. Where none is named, none does: phones show what they have, and
 * {@link DomainTls#peer} judges later whom it proves to be.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private final Optional<X509TrustManager> phones;
    private final DomainTrust domains;

    /**
     * Such a trust.
     *
     * @param phones verifies phones; empty where nobody's certificate is refused
     * @param domains verifies other domains
     */
    PeerTrust(Optional<X509TrustManager> phones, DomainTrust domains) {
        this.phones = phones;
        this.domains = domains;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (phones.isEmpty()) {
            return;
        }
        try {
            phones.get().checkClientTrusted(chain, authType);
        } catch (CertificateException noPhone) {
            domains.check(chain);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is the server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    // Also of the system's CAs it would be too many to name in each handshake.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return phones.map(X509TrustManager::getAcceptedIssuers).orElse(new X509Certificate[0]);
    }
}
