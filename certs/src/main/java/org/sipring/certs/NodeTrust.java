package org.sipring.certs;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges peers while they shake hands, so that a refusal reaches them as a TLS alert. Both sides of a connection are
 * nodes, so the same rules hold for both; host names are not compared, for a node is known by its node name.
 */
final class NodeTrust extends X509ExtendedTrustManager {
    static final String PROTOCOL = "TLSv1.3";

    private final Supplier<Rules> rules;
    private final InstantSource clock;

    NodeTrust(Supplier<Rules> rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getHandshakeSession());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getHandshakeSession());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, ((SSLSocket) socket).getHandshakeSession());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, ((SSLSocket) socket).getHandshakeSession());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    /** None are named, so that a node of another CA shows its certificate and is told what is wrong with it. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private void check(X509Certificate[] chain, @Nullable SSLSession session) throws CertificateException {
        if (session != null) {
            requireProtocol(session);
        }
        rules.get().judge(chain, clock.instant());
    }

    // A caller may have widened the engine's protocols.
    static void requireProtocol(SSLSession session) throws CertificateException {
        if (!session.getProtocol().equals(PROTOCOL)) {
            throw new CertificateException("nodes speak " + PROTOCOL + " only, not " + session.getProtocol());
        }
    }

    private static CertificateException noEngine() {
        return new CertificateException("node connections use an SSLEngine");
    }
}
