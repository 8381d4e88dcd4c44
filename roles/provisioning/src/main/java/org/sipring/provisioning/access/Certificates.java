package org.sipring.provisioning.access;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.sipring.api.Identity;
import org.sipring.api.RoleName;
import org.sipring.http.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operators who show a certificate of the platform's CA that names role {@code operator}. Callable from any thread. */
final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final Identity identity;

    Certificates(Identity identity) {
        this.identity = identity;
    }

    /** Whose certificate came with a request; empty without one, and for one that is not good, or not any more. */
    Optional<Identity.Holder> holder(HttpRequest request) {
        return request.peer().tls().filter(Certificates::shown).flatMap(this::judged);
    }

    private static boolean shown(SSLSession session) {
        try {
            return session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }

    private static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate shown
                    ? Optional.of(shown)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private Optional<Identity.Holder> judged(SSLSession session) {
        try {
            return Optional.of(identity.authenticate(session));
        } catch (CertificateException bad) {
            LOG.info("a client's certificate is refused: {}", bad.getMessage());
            return Optional.empty();
        }
    }

    static boolean operator(Identity.Holder holder) {
        return holder.may(RoleName.OPERATOR);
    }

    static Caller caller(Identity.Holder holder, HttpRequest request) {
        return new Caller(
                "certificate " + holder.node(),
                Optional.empty(),
                request.peer().tls().flatMap(Certificates::certificate));
    }
}
