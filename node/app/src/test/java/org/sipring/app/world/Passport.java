package org.sipring.app.world;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sipring.api.Identity;
import org.sipring.api.Member;

/** A node's certificate, without its key: nothing is encrypted in a world. */
record Passport(Member birth) implements Identity {
    @Override
    public Holder self() {
        return new Holder(birth.id(), "sipring.test", birth.roles(), birth.address());
    }

    @Override
    public SSLContext tls() {
        throw new UnsupportedOperationException("a world has no TLS");
    }

    @Override
    public X509ExtendedKeyManager keys() {
        throw new UnsupportedOperationException("a world has no TLS");
    }

    @Override
    public X509ExtendedTrustManager trust() {
        throw new UnsupportedOperationException("a world has no TLS");
    }

    @Override
    public Holder authenticate(SSLSession session) throws CertificateException {
        throw new CertificateException("a world has no TLS");
    }

    @Override
    public Hearing onChange(Runnable listener) {
        return () -> {};
    }
}
