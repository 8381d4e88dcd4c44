package org.sipring.sip.tls;

import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;

/** The server's side of a phone's connection: TLS 1.2 and 1.3, and nothing whose past a stolen key would open. */
final class PhoneEngine {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /**
     * Sessions that a phone may take up again are mostly kept by the phone, in its ticket (RFC 8446 section 4.6.1, RFC
     * 5077); this is for those without tickets. A session takes some kilobytes.
     */
    private static final int KEPT_SESSIONS = 1_000;

    private PhoneEngine() {}

    static SSLEngine of(SSLContext context) {
        SSLSessionContext sessions = context.getServerSessionContext();
        if (sessions.getSessionCacheSize() != KEPT_SESSIONS) {
            sessions.setSessionCacheSize(KEPT_SESSIONS);
        }
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = restricted(engine.getSSLParameters());
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** The versions and cipher suites that are spoken with others, whoever connects. */
    static SSLParameters restricted(SSLParameters parameters) {
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(PhoneEngine::forwardSecret)
                .toArray(String[]::new));
        return parameters;
    }

    // Key exchange over finite fields has it as well, but costs a server many times as much.
    private static boolean forwardSecret(String suite) {
        return suite.startsWith("TLS_ECDHE_") || suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
    }
}
