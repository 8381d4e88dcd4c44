package org.sipring.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's identity, kept in a folder: {@code node.key}, {@code node.crt}, {@code ca.crt}, {@code crl.pem}.
 *
 * <p>Callable from any thread. What is read on the hot path is one immutable value; changes are made under this
 * object's lock. {@link #takeCrl} and {@link #poll} touch the disk: call them where a few milliseconds do no harm.
 */
public final class IdentityFolder implements Identity {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityFolder.class);

    private final Path folder;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile State state;
    private Seen seen;

    /**
     * What is in force.
     *
     * @param certificate this node's
     * @param self what it says
     * @param rules for judging others
     * @param tls made of it
     */
    private record State(X509Certificate certificate, Holder self, Rules rules, SSLContext tls) {}

    /**
     * The files as last looked at, to notice a change without parsing. Guarded by this object's lock.
     *
     * @param crl the bytes of the revocation list
     * @param pair the bytes of key and certificate
     */
    private record Seen(byte @Nullable [] crl, byte @Nullable [] pair) {}

    private IdentityFolder(Path folder, InstantSource clock, Seen seen, FolderContent content)
            throws CertificateException {
        this.folder = folder;
        this.clock = clock;
        this.seen = seen;
        this.state = stateOf(content);
    }

    /**
     * Reads a folder. A revoked identity can be loaded: {@link #selfRevoked} tells.
     *
     * @param folder where 'sipring ca issue' put it
     * @param clock the time of day
     * @return the identity
     * @throws Refusal with everything that is wrong with the folder
     */
    public static IdentityFolder load(Path folder, InstantSource clock) throws Refusal {
        Seen seen = look(folder);
        FolderContent content = FolderContent.read(folder, clock.instant());
        try {
            return new IdentityFolder(folder, clock, seen, content);
        } catch (CertificateException checkedBefore) {
            throw new Refusal(List.of(folder + " is not usable: " + checkedBefore.getMessage()));
        }
    }

    @Override
    public Holder self() {
        return state.self();
    }

    @Override
    public SSLContext tls() {
        return state.tls();
    }

    @Override
    public Holder authenticate(SSLSession session) throws CertificateException {
        NodeTrust.requireProtocol(session);
        try {
            return state.rules().judge(x509(session.getPeerCertificates()), clock.instant());
        } catch (SSLPeerUnverifiedException none) {
            throw new CertificateException("the peer has shown no certificate", none);
        }
    }

    private static X509Certificate[] x509(Certificate[] chain) {
        return Arrays.stream(chain).filter(X509Certificate.class::isInstance).toArray(X509Certificate[]::new);
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * The newest revocation list, to be told to other nodes.
     *
     * @return its DER form
     */
    public byte[] crl() {
        return state.rules().crl().der();
    }

    /**
     * Takes up a list that another node or the operator gave, if it is genuine and newer. It is on disk before it
     * holds, and it holds before the listeners hear of it.
     *
     * @param bytes PEM or DER; may come from anybody
     * @return what became of it
     */
    public CrlTaken takeCrl(byte[] bytes) {
        CrlTaken taken;
        synchronized (this) {
            taken = adopt(bytes);
        }
        if (taken == CrlTaken.NEWER) {
            tellListeners();
        }
        return taken;
    }

    private CrlTaken adopt(byte[] bytes) {
        Rules rules = state.rules();
        try {
            RevocationList offered = RevocationList.read(bytes, rules.ca());
            if (!offered.newerThan(rules.crl())) {
                return CrlTaken.KNOWN;
            }
            keep(offered);
            state = new State(state.certificate(), state.self(), rules.with(offered), state.tls());
            LOG.info("revocation list {} is in force", offered.number());
            return CrlTaken.NEWER;
        } catch (GeneralSecurityException bad) {
            LOG.warn("a revocation list is refused: {}", bad.getMessage());
            return CrlTaken.REFUSED;
        }
    }

    // A full disk must not keep a revoked node in the platform: the list holds in memory even then.
    private void keep(RevocationList list) {
        byte[] pem = Pem.crl(list.der());
        try {
            Disk.replace(folder, FolderContent.CRL, pem, Disk.FOR_ALL);
            seen = new Seen(pem, seen.pair());
        } catch (IOException failed) {
            LOG.error("revocation list {} is in force but not on disk: free {}", list.number(), folder, failed);
        }
    }

    /**
     * Looks for files that the operator or a renewal has replaced and takes them up. Connections stay open; the
     * listeners judge them again. To be called every few seconds.
     */
    public void poll() {
        boolean renewed;
        CrlTaken taken;
        synchronized (this) {
            Seen now = look(folder);
            Seen before = seen;
            seen = now;
            taken = now.crl() == null || Arrays.equals(now.crl(), before.crl()) ? CrlTaken.KNOWN : adopt(now.crl());
            renewed = now.pair() != null && !Arrays.equals(now.pair(), before.pair()) && renew();
        }
        if (renewed || taken == CrlTaken.NEWER) {
            tellListeners();
        }
    }

    private boolean renew() {
        try {
            FolderContent content = FolderContent.read(folder, clock.instant());
            State next = stateOf(content);
            if (!next.self().node().equals(state.self().node())
                    || !content.rules().ca().equals(state.rules().ca())) {
                LOG.error("{} holds another identity than the running node's: restart the node to use it", folder);
                return false;
            }
            state = new State(next.certificate(), next.self(), state.rules(), next.tls());
            LOG.info("the certificate until {} is in use", expires());
            return true;
        } catch (Refusal | CertificateException half) {
            // Key and certificate are two files: between the two writes they do not match.
            LOG.warn("the renewed identity is not in use yet: {}", half.getMessage());
            return false;
        }
    }

    private static Seen look(Path folder) {
        byte[] key = bytes(folder.resolve(FolderContent.KEY));
        byte[] certificate = bytes(folder.resolve(FolderContent.CERTIFICATE));
        return new Seen(bytes(folder.resolve(FolderContent.CRL)), pair(key, certificate));
    }

    private static byte @Nullable [] pair(byte @Nullable [] key, byte @Nullable [] certificate) {
        if (key == null || certificate == null) {
            return null;
        }
        byte[] both = Arrays.copyOf(key, key.length + certificate.length);
        System.arraycopy(certificate, 0, both, key.length, certificate.length);
        return both;
    }

    private static byte @Nullable [] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException away) {
            return null; // a file that is being replaced by hand; the next poll sees it
        }
    }

    /**
     * Tells whether the platform has cast this node out. It must stop then.
     *
     * @return true when this node's own certificate is in the newest revocation list
     */
    public boolean selfRevoked() {
        State now = state;
        return now.rules().crl().revokes(now.certificate());
    }

    /**
     * Tells whether a newer revocation list is overdue. An alarm only: nobody is refused for it.
     *
     * @return true when the newest list's {@code nextUpdate} has passed
     */
    public boolean crlStale() {
        return state.rules().crl().staleAt(clock.instant());
    }

    /**
     * When this node's certificate ends.
     *
     * @return its last moment
     */
    public Instant expires() {
        return state.certificate().getNotAfter().toInstant();
    }

    /**
     * What the operator should know of, for the log, the metrics and {@code status}.
     *
     * @return one sentence each; empty when all is well
     */
    public List<String> alarms() {
        List<String> alarms = new ArrayList<>();
        State now = state;
        if (selfRevoked()) {
            alarms.add("this node's certificate is revoked: it takes no part any more");
        }
        if (crlStale()) {
            alarms.add("the revocation list was due at " + now.rules().crl().nextUpdate()
                    + ": run 'sipring ca refresh' and copy crl.pem to any node");
        }
        if (clock.instant().isAfter(renewalDue(now.certificate()))) {
            alarms.add("this node's certificate ends at " + expires() + ": run 'sipring ca renew'");
        }
        return alarms;
    }

    private static Instant renewalDue(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    // The trust manager asks for the rules in force, so that a context made earlier knows today's revocations.
    private State stateOf(FolderContent content) throws CertificateException {
        NodeTrust trust = new NodeTrust(() -> state.rules(), clock);
        return new State(
                content.certificate(), Sans.holder(content.certificate()), content.rules(), context(content, trust));
    }

    private static SSLContext context(FolderContent content, NodeTrust trust) {
        char[] inMemoryOnly = {};
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("node", content.key(), inMemoryOnly, new Certificate[] {content.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, inMemoryOnly);
            SSLContext context = SSLContext.getInstance(NodeTrust.PROTOCOL);
            context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
            return new NodeTls(context);
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("this JDK cannot speak " + NodeTrust.PROTOCOL, broken);
        }
    }
}
