package org.sipring.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sipring.api.DurableFile;
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
    private final IdentityWatch watch;
    private final NodeKeys keys = new NodeKeys();
    private final NodeTrust trust;
    private volatile State state;

    /**
     * What is in force.
     *
     * @param certificate this node's
     * @param self what it says
     * @param rules for judging others
     * @param tls made of it
     */
    private record State(X509Certificate certificate, Holder self, Rules rules, SSLContext tls) {}

    private IdentityFolder(Path folder, InstantSource clock, IdentityWatch watch, FolderContent content)
            throws CertificateException {
        this.folder = folder;
        this.clock = clock;
        this.watch = watch;
        // It asks for the rules in force, so that a context made earlier knows today's revocations.
        this.trust = new NodeTrust(() -> state.rules(), clock);
        this.state = stateOf(content);
        keys.use(content.key(), content.certificate());
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
        IdentityWatch watch = new IdentityWatch(folder);
        FolderContent content = FolderContent.read(folder, clock.instant());
        try {
            return new IdentityFolder(folder, clock, watch, content);
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
    public X509ExtendedKeyManager keys() {
        return keys;
    }

    @Override
    public X509ExtendedTrustManager trust() {
        return trust;
    }

    /** Where it is kept. */
    Path folder() {
        return folder;
    }

    /** The newest key and certificate. */
    NodeKeys.Pair pair() {
        return keys.newest();
    }

    /** Judges a certificate that was shown outside a handshake, whose sender therefore has not proved to hold its key. */
    Holder judge(X509Certificate shown) throws CertificateException {
        return state.rules().judge(new X509Certificate[] {shown}, clock.instant());
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
    public Hearing onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
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
            DurableFile.replace(folder.resolve(FolderContent.CRL), pem, Disk.FOR_ALL);
            watch.wrote(pem);
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
            IdentityWatch.News news = watch.look();
            taken = news.crl().map(this::adopt).orElse(CrlTaken.KNOWN);
            renewed = news.pair() && renew();
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
            keys.use(content.key(), content.certificate());
            state = new State(next.certificate(), next.self(), state.rules(), next.tls());
            LOG.info("the certificate until {} is in use", expires());
            return true;
        } catch (Refusal | CertificateException half) {
            // Key and certificate are two files: between the two writes they do not match.
            LOG.warn("the renewed identity is not in use yet: {}", half.getMessage());
            return false;
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
     * Tells whether the platform has cast somebody out.
     *
     * @param serial the serial number of a certificate that the platform's CA has issued
     * @return true when it is in the newest revocation list
     */
    public boolean revoked(BigInteger serial) {
        return state.rules().crl().revokes(serial);
    }

    /**
     * The serial number of this node's certificate.
     *
     * @return changes when it is renewed
     */
    public BigInteger serial() {
        return state.certificate().getSerialNumber();
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
        State now = state;
        return IdentityAlarms.of(now.certificate(), now.rules().crl(), clock.instant());
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    private State stateOf(FolderContent content) throws CertificateException {
        return new State(
                content.certificate(), Sans.holder(content.certificate()), content.rules(), NodeTls.of(keys, trust));
    }
}
