package org.sipring.overlay.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** What is spoken inside TLS on the overlay's port, as named by ALPN (RFC 7301). */
public final class TlsProtocols {
    /** Hazelcast's member protocol. */
    public static final String MEMBER = "sipring-member/1";

    /** One greeting each way: who is there, of which platform, a member or waiting. */
    public static final String MEET = "sipring-meet/1";

    private TlsProtocols() {}

    /**
     * What both sides insist on: TLS 1.3 and one of our protocols.
     *
     * @param parameters of a fresh engine or socket
     * @param protocols in order of preference
     * @return the same parameters
     */
    public static SSLParameters strict(SSLParameters parameters, String... protocols) {
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setApplicationProtocols(protocols);
        return parameters;
    }

    /** An engine without the peer's name: a client then never resumes, so each handshake shows the certificate. */
    static SSLEngine engine(SSLContext context, boolean client) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        String[] protocols = client ? new String[] {MEMBER} : new String[] {MEMBER, MEET};
        SSLParameters parameters = strict(engine.getSSLParameters(), protocols);
        if (!client) {
            parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
