package org.sipring.overlay;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.testkit.TestCa;

/** An identity of a {@link TestCa}, with a revocation list that is a set of names. */
public final class TestIdentity implements Identity {
    private final SSLContext context;
    private final X509Certificate root;
    private final X509Certificate own;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Takes a node's key and certificate out of the authority's store, trusting that authority. */
    public TestIdentity(TestCa ca, String node) throws IOException, GeneralSecurityException {
        root = ca.certificate("ca");
        own = ca.certificate(node);
        context = SSLContext.getInstance("TLS");
        context.init(ca.keys(node).getKeyManagers(), new TrustManager[] {new Trust()}, null);
    }

    /** Takes up a revocation list. */
    public void revoke(String node) {
        revoked.add(node);
        listeners.forEach(Runnable::run);
    }

    /** Takes up an empty revocation list. */
    public void forgive() {
        revoked.clear();
        listeners.forEach(Runnable::run);
    }

    @Override
    public Holder self() {
        try {
            return peer(own);
        } catch (CertificateParsingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SSLContext tls() {
        return context;
    }

    @Override
    public X509ExtendedKeyManager keys() {
        throw new UnsupportedOperationException("the overlay asks for contexts");
    }

    @Override
    public X509ExtendedTrustManager trust() {
        throw new UnsupportedOperationException("the overlay asks for contexts");
    }

    @Override
    public Holder authenticate(SSLSession session) throws CertificateException {
        try {
            return judge((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            throw new CertificateException("no certificate", e);
        }
    }

    @Override
    public Hearing onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Holder judge(X509Certificate certificate) throws CertificateException {
        try {
            certificate.verify(root.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("certificate of another CA", e);
        }
        certificate.checkValidity();
        Holder peer = peer(certificate);
        if (!peer.domain().equals(self().domain())) {
            throw new CertificateException("certificate for domain " + peer.domain());
        }
        if (revoked.contains(peer.node().value())) {
            throw new CertificateException("certificate of " + peer.node() + " is revoked");
        }
        return peer;
    }

    private static Holder peer(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        List<String> uris =
                names.stream().map(name -> String.valueOf(name.get(1))).toList();
        Set<RoleName> roles = uris.stream()
                .filter(uri -> uri.startsWith("sipring:role:"))
                .map(uri -> new RoleName(uri.substring(13)))
                .collect(Collectors.toSet());
        return new Holder(new NodeId(one(uris, "sipring:node:")), one(uris, "sip:"), roles, "");
    }

    private static String one(List<String> uris, String scheme) {
        return uris.stream()
                .filter(uri -> uri.startsWith(scheme))
                .map(uri -> uri.substring(scheme.length()))
                .findFirst()
                .orElseThrow();
    }

    private final class Trust extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
