package org.sipring.store.raft;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sipring.testkit.TestCa;

/** Trusts whoever has a certificate of the same authority. */
final class TestManagers {
    private TestManagers() {}

    static Managers of(TestCa ca, String node) throws IOException, GeneralSecurityException {
        return new Managers(
                (X509ExtendedKeyManager) ca.keys(node).getKeyManagers()[0], new Trust(ca.certificate("ca")));
    }

    private static final class Trust extends X509ExtendedTrustManager {
        private final X509Certificate root;

        Trust(X509Certificate root) {
            this.root = root;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                chain[0].verify(root.getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new CertificateException("a certificate of another CA", e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
