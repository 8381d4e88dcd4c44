package org.sipring.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sipring.api.Chance;
import org.sipring.api.DurableFile;
import org.sipring.api.Identity;

/**
 * The platform's certificate authority, kept offline in a folder of the operator's. One caller at a time; two
 * processes on one folder wait for each other.
 */
public final class Authority {
    /** How long a revocation list is fresh. A stale one alarms on every node and refuses nobody. */
    static final Duration CRL_VALIDITY = Duration.ofDays(90);

    private static final int SERIAL_BYTES = 16;

    private final CaFolder folder;
    private final InstantSource clock;
    private final Chance chance;

    private Authority(Path folder, InstantSource clock, Chance chance) {
        this.folder = new CaFolder(folder);
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * What {@link #revoke} did.
     *
     * @param certificates how many certificates of the node it revoked; those that were revoked before do not count
     * @param before when the last of those was revoked; empty when there were none
     * @param number the number of the new revocation list
     * @param crl the list's file: copy it into the identity folder of any live node
     */
    public record Revoked(int certificates, Optional<Instant> before, BigInteger number, Path crl) {}

    /**
     * Makes a new CA: root key and certificate, and an empty revocation list.
     *
     * @param domain the platform's SIP domain
     * @param folder a folder that is empty or not there yet
     * @param clock the time of day
     * @param chance for serial numbers
     * @return the CA
     * @throws Refusal when the domain is malformed or the folder is in use
     * @throws IOException when the disk fails
     */
    public static Authority init(String domain, Path folder, InstantSource clock, Chance chance)
            throws Refusal, IOException {
        List<String> mistakes = new ArrayList<>();
        if (!Sans.isHostName(domain.toLowerCase(Locale.ROOT))) {
            mistakes.add("domain '" + domain + "' is not a domain name, such as example.org");
        }
        if (Disk.occupied(folder)) {
            mistakes.add(folder + " is not empty: a CA is never overwritten, choose another folder");
        }
        Refusal.ifAny(mistakes);
        Authority authority = new Authority(folder, clock, chance);
        authority.createRoot(domain.toLowerCase(Locale.ROOT));
        return authority;
    }

    private void createRoot(String domain) throws IOException, Refusal {
        Disk.createFolder(folder.path());
        Issuer root = Issuer.root(Issuer.newKey(), domain, serial(), clock.instant());
        folder.putIssued(List.of());
        folder.putCrl(root.crl(BigInteger.ONE, List.of(), CRL_VALIDITY));
        try {
            folder.putRoot(root.key(), root.certificate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the root cannot be written", impossible);
        }
    }

    /**
     * Opens a CA.
     *
     * @param folder what {@link #init} made
     * @param clock the time of day
     * @param chance for serial numbers
     * @return the CA
     * @throws Refusal when there is none or it is damaged
     */
    public static Authority open(Path folder, InstantSource clock, Chance chance) throws Refusal {
        if (!Files.exists(folder.resolve(CaFolder.KEY))) {
            throw new Refusal(List.of("there is no CA in " + folder + ": make one with 'sipring ca init'"));
        }
        return new Authority(folder, clock, chance);
    }

    /**
     * Makes a node's identity folder.
     *
     * @param request what it shall say
     * @param out a folder that is empty or not there yet
     * @return until when the last of the node's earlier certificates holds beside the new one; empty when none does
     * @throws Refusal with everything that is wrong with the request
     * @throws IOException when the disk fails
     */
    public Optional<Instant> issue(IssueRequest request, Path out) throws Refusal, IOException {
        return locked(issuer -> {
            List<String> mistakes = new ArrayList<>(request.mistakes());
            mistakes.addAll(issuer.mistakes(request.validity()));
            if (Disk.occupied(out)) {
                mistakes.add(out + " is not empty: choose another folder, or renew the identity in it");
            }
            Refusal.ifAny(mistakes);
            Optional<Instant> earlier = new CaLedger(folder, issuer).holdsUntil(request.node());
            Disk.createFolder(out);
            deliver(issuer, request, out);
            return earlier;
        });
    }

    /**
     * Gives the holder of an identity folder a new key and certificate that say the same. A running node takes them
     * up without losing a connection. The key before stays, in {@code former.keys}, for what is sealed for it.
     *
     * @param identity what {@link #issue} made; its certificate may have expired
     * @param validity how long the new certificate shall hold
     * @throws Refusal when the identity is another CA's or revoked, or the new certificate cannot hold for so long
     * @throws IOException when the disk fails
     */
    public void renew(Path identity, Duration validity) throws Refusal, IOException {
        locked(issuer -> {
            Refusal.ifAny(issuer.mistakes(validity));
            IssueRequest request = sameAs(identity, issuer, validity);
            new FormerKeys(identity).keep();
            return deliver(issuer, request, identity);
        });
    }

    private IssueRequest sameAs(Path identity, Issuer issuer, Duration validity) throws Refusal, IOException {
        Path file = identity.resolve(FolderContent.CERTIFICATE);
        if (!Files.exists(file)) {
            throw new Refusal(List.of("there is no identity in " + identity + ": make one with 'sipring ca issue'"));
        }
        try {
            X509Certificate old = Pem.readCertificate(Files.readAllBytes(file));
            old.verify(issuer.certificate().getPublicKey());
            Identity.Holder peer = Sans.holder(old);
            if (folder.crl(issuer.certificate()).revokes(old)) {
                throw new Refusal(
                        List.of(peer.node() + " is revoked: to take it back, issue it anew into another folder"));
            }
            return new IssueRequest(peer.node().value(), Sans.roleNames(old), Sans.hosts(old), validity);
        } catch (GeneralSecurityException bad) {
            throw new Refusal(List.of(file + " is not a certificate of the CA in " + folder.path()));
        }
    }

    private X509Certificate deliver(Issuer issuer, IssueRequest request, Path out)
            throws IOException, GeneralSecurityException {
        CaLedger ledger = new CaLedger(folder, issuer);
        KeyPair pair = Issuer.newKey();
        String domain = Sans.domain(issuer.certificate());
        X509Certificate certificate = issuer.node(request, domain, pair.getPublic(), serial());
        ledger.remember(certificate, request.node());
        RevocationList crl = ledger.freshCrl();
        DurableFile.replace(out.resolve(FolderContent.CA), Pem.certificate(issuer.certificate()), Disk.FOR_ALL);
        DurableFile.replace(out.resolve(FolderContent.CRL), Pem.crl(crl.der()), Disk.FOR_ALL);
        DurableFile.replace(out.resolve(FolderContent.KEY), Pem.key(pair.getPrivate()), Disk.OWNER_ONLY);
        DurableFile.replace(out.resolve(FolderContent.CERTIFICATE), Pem.certificate(certificate), Disk.FOR_ALL);
        return certificate;
    }

    /**
     * Revokes every certificate that was issued to a node and signs a new list. A node that was issued again later
     * is not touched by an earlier revocation.
     *
     * @param node the node's name
     * @return what was done
     * @throws Refusal when no certificate was ever issued to it
     * @throws IOException when the disk fails
     */
    public Revoked revoke(String node) throws Refusal, IOException {
        return locked(issuer -> new CaLedger(folder, issuer).revoke(node));
    }

    /**
     * Signs the revocation list again under a new number, so that it does not become stale.
     *
     * @return the list's file: copy it into the identity folder of any live node
     * @throws Refusal when the CA is damaged
     * @throws IOException when the disk fails
     */
    public Path refresh() throws Refusal, IOException {
        locked(issuer -> new CaLedger(folder, issuer).nextCrl());
        return folder.crlFile();
    }

    private <T> T locked(Work<T> work) throws Refusal, IOException {
        FileChannel lock = folder.lock();
        try {
            return work.with(new Issuer(folder.key(), folder.certificate(), clock.instant()));
        } catch (GeneralSecurityException bad) {
            throw damaged(bad);
        } finally {
            lock.close();
        }
    }

    private Refusal damaged(GeneralSecurityException bad) {
        return new Refusal(List.of(
                "the CA in " + folder.path() + " is damaged (" + bad.getMessage() + "): restore it from your backup"));
    }

    // RFC 5280 section 4.1.2.2: positive, at most 20 octets.
    private BigInteger serial() {
        return new BigInteger(1, chance.bytes(SERIAL_BYTES)).add(BigInteger.ONE);
    }

    /** Something done under the lock. */
    @FunctionalInterface
    private interface Work<T> {
        T with(Issuer issuer) throws Refusal, IOException, GeneralSecurityException;
    }
}
