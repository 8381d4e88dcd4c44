package org.sipring.sip.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;

/** An identity that trusts the certificates it is given. */
final class TestIdentity implements Identity {
    private static final char[] PASSWORD = "password".toCharArray();

    private final NodeId node;
    private final SSLContext context;
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile String revoked = "";

    /** The threads in which certificates were verified. */
    final Set<String> verifiers;

    private TestIdentity(NodeId node, SSLContext context, Set<String> verifiers) {
        this.node = node;
        this.context = context;
        this.verifiers = verifiers;
    }

    /** Makes a key store for each name; keytool writes them. */
    static void keys(Path folder, String... names) throws IOException, InterruptedException {
        for (String name : names) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            name,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=" + name,
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "password",
                            "-keystore",
                            folder.resolve(name).toString())
                    .redirectErrorStream(true)
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed");
            }
        }
    }

    static TestIdentity of(Path folder, String name, String... trusted) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(folder, name), PASSWORD);
        KeyStore others = KeyStore.getInstance("PKCS12");
        others.load(null, null);
        for (String other : trusted) {
            others.setCertificateEntry(other, load(folder, other).getCertificate(other));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(others);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        Set<String> verifiers = ConcurrentHashMap.newKeySet();
        X509TrustManager verifier = (X509TrustManager) trust.getTrustManagers()[0];
        context.init(keys.getKeyManagers(), new TrustManager[] {new Watched(verifier, verifiers)}, null);
        return new TestIdentity(new NodeId(name), context, verifiers);
    }

    /** Notes in which thread it works. */
    private record Watched(X509TrustManager verifier, Set<String> threads) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            threads.add(Thread.currentThread().getName());
            verifier.checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            threads.add(Thread.currentThread().getName());
            verifier.checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return verifier.getAcceptedIssuers();
        }
    }

    private static KeyStore load(Path folder, String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve(name))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    static X509ExtendedKeyManager keyManager(Path folder, String name) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(folder, name), PASSWORD);
        return (X509ExtendedKeyManager) keys.getKeyManagers()[0];
    }

    static TestIdentity without() throws GeneralSecurityException {
        return new TestIdentity(new NodeId("n1"), SSLContext.getDefault(), Set.of());
    }

    void revoke(String name) {
        revoked = name;
        listeners.forEach(Runnable::run);
    }

    @Override
    public Holder self() {
        return new Holder(node, "sipring.test", Set.of(RoleName.PROXY), "127.0.0.1");
    }

    @Override
    public SSLContext tls() {
        return context;
    }

    @Override
    public X509ExtendedKeyManager keys() {
        throw new UnsupportedOperationException("SIP asks for contexts");
    }

    @Override
    public X509ExtendedTrustManager trust() {
        throw new UnsupportedOperationException("SIP asks for contexts");
    }

    @Override
    public Holder authenticate(SSLSession session) throws CertificateException {
        try {
            X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
            String name = certificate.getSubjectX500Principal().getName().substring("CN=".length());
            if (name.equals(revoked)) {
                throw new CertificateException(name + " is revoked");
            }
            return new Holder(new NodeId(name), "sipring.test", Set.of(RoleName.PROXY), "127.0.0.1");
        } catch (SSLPeerUnverifiedException nobody) {
            throw new CertificateException(nobody);
        }
    }

    @Override
    public Hearing onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
