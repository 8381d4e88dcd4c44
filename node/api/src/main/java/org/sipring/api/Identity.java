package org.sipring.api;

import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Who this node is, proved by its certificate, and its judgement of others. Callable from any thread. */
public interface Identity {
    /**
     * What this node's certificate says.
     *
     * @return its own name, domain and permitted roles
     */
    Holder self();

    /**
     * What new connections between nodes use: TLS 1.3, this node's key, and a trust manager that refuses strangers.
     * Client authentication is for the server's engine to require. Ask anew for each connection: it changes when the
     * certificate is renewed.
     *
     * @return the context of the newest certificate
     */
    SSLContext tls();

    /**
     * What a library that makes its TLS contexts itself proves this node with, once and for all.
     *
     * @return gives each handshake the newest key and certificate
     */
    X509ExtendedKeyManager keys();

    /**
     * What a library that makes its TLS contexts itself judges others by, once and for all. Not enough alone, see {@link
     * #authenticate}.
     *
     * @return refuses strangers by the newest revocation list, and protocols older than TLS 1.3
     */
    X509ExtendedTrustManager trust();

    /**
     * Judges the peer of a finished handshake. Always called: a resumed session skips the trust manager.
     *
     * @param session the finished session
     * @return who the peer is
     * @throws CertificateException when it is of another CA or domain, expired or revoked; the message says which
     */
    Holder authenticate(SSLSession session) throws CertificateException;

    /**
     * Hears that a judgement may have changed: a revocation list or a new certificate has been taken up. The listener
     * judges its live connections again and closes those that fail.
     *
     * @param listener must not block
     * @return ends it
     */
    Hearing onChange(Runnable listener);

    /** Somebody who hears of changes. */
    interface Hearing {
        /** The listener hears of no more changes that begin after this. */
        void end();
    }

    /**
     * What a node certificate says of its holder.
     *
     * @param node {@code URI:sipring:node:n4}
     * @param domain {@code URI:sip:DOMAIN}
     * @param permitted {@code URI:sipring:role:R}, with {@code *} expanded to the roles that it covers
     * @param host {@code DNS:HOST}, or the address in text form where the certificate names one
     */
    record Holder(NodeId node, String domain, Set<RoleName> permitted, String host) {
        /** Copies the roles. */
        public Holder {
            permitted = Set.copyOf(permitted);
        }

        /**
         * Tells whether the certificate permits a role.
         *
         * @param role the role
         * @return true when it may be taken
         */
        public boolean may(RoleName role) {
            return permitted.contains(role);
        }
    }
}
