package org.sipring.sip.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's certificates for phones. New files are taken up while the node runs; as long as anything is wrong with
 * them, those before stay in use. Callable from any thread; {@link #look} touches the disk.
 */
public final class CertificateFolder implements PhoneTls {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFolder.class);

    private final Path folder;
    private final Optional<Path> clientCa;
    private final Optional<DomainTrust> domains;
    private byte @Nullable [] seen;
    private volatile Use use;
    private volatile List<String> mistakes = List.of();

    /**
     * What is in use.
     *
     * @param files as they were read
     * @param keys what they hold
     * @param context made of them
     */
    private record Use(CertificateFiles files, KeysByName keys, SSLContext context) {
        static Use of(CertificateFiles files, Optional<DomainTrust> domains)
                throws GeneralSecurityException, IOException {
            SSLContext context = SSLContext.getInstance("TLS");
            KeysByName keys = new KeysByName(files.shown());
            context.init(new KeyManager[] {keys}, trust(files.clientCas(), domains), null);
            return new Use(files, keys, context);
        }

        // Where no phone is asked for a certificate, nobody's is trusted.
        private static TrustManager[] trust(List<X509Certificate> cas, Optional<DomainTrust> domains)
                throws GeneralSecurityException, IOException {
            Optional<X509TrustManager> phones = cas.isEmpty() ? Optional.empty() : Optional.of(TrustManagers.of(cas));
            return domains.<X509TrustManager>map(others -> new PeerTrust(phones, others)).or(() -> phones).stream()
                    .toArray(TrustManager[]::new);
        }
    }

    private CertificateFolder(
            Path folder, Optional<Path> clientCa, Optional<DomainTrust> domains, CertificateFiles files)
            throws GeneralSecurityException, IOException {
        this.folder = folder;
        this.clientCa = clientCa;
        this.domains = domains;
        seen = digest();
        use = Use.of(files, domains);
    }

    /**
     * Opens a folder.
     *
     * @param folder holds {@code NAME.crt} and {@code NAME.key} of each certificate
     * @param clientCa certificates of the CAs whose phones are asked for a certificate; empty: none is asked
     * @return the folder
     * @throws IOException with all that is wrong with it
     */
    public static CertificateFolder open(Path folder, Optional<Path> clientCa) throws IOException {
        return open(folder, clientCa, Optional.empty());
    }

    /**
     * Opens a folder whose certificates other domains are shown as well.
     *
     * @param folder as above
     * @param clientCa as above
     * @param domains who signs the certificates of other domains' servers, which may connect
     * @return the folder
     * @throws IOException with all that is wrong with it
     */
    public static CertificateFolder open(Path folder, Optional<Path> clientCa, Optional<DomainTrust> domains)
            throws IOException {
        CertificateFiles files = CertificateFiles.read(folder, clientCa);
        if (!files.mistakes().isEmpty()) {
            throw new IOException(String.join("; ", files.mistakes()));
        }
        try {
            return new CertificateFolder(folder, clientCa, domains, files);
        } catch (GeneralSecurityException cannot) {
            throw new IOException(folder + " cannot be used: " + cannot.getMessage(), cannot);
        }
    }

    /**
     * Finds what is wrong with a folder, without using it.
     *
     * @param folder as for {@link #open}
     * @param clientCa as for {@link #open}
     * @return a sentence each; empty when all is well
     */
    public static List<String> mistakesIn(Path folder, Optional<Path> clientCa) {
        return CertificateFiles.read(folder, clientCa).mistakes();
    }

    /**
     * Tells whether a folder holds a certificate for a SIP domain or host, without using it.
     *
     * @param folder as for {@link #open}
     * @param name the domain or host
     * @return true when it does
     */
    public static boolean covers(Path folder, String name) {
        return CertificateFiles.read(folder, Optional.empty()).shown().stream().anyMatch(one -> one.covers(name));
    }

    /** What can be shown now; another object when other files are in use. */
    KeysByName keys() {
        return use.keys();
    }

    @Override
    public SSLEngine engine() {
        Use now = use;
        SSLEngine engine = PhoneEngine.of(now.context());
        engine.setWantClientAuth(!now.files().clientCas().isEmpty());
        return engine;
    }

    /**
     * Looks whether the files are others than the last time, and takes them up when they are good. To be called every few
     * seconds. Open connections stay as they are.
     */
    public synchronized void look() {
        byte[] now = digest();
        if (Arrays.equals(now, seen)) {
            return;
        }
        seen = now;
        CertificateFiles files = CertificateFiles.read(folder, clientCa);
        mistakes = files.mistakes().isEmpty() ? takeUp(files) : files.mistakes();
        if (mistakes.isEmpty()) {
            LOG.info("phones see the new certificates in {}; the first of them ends at {}", folder, firstEnd());
        } else {
            LOG.error(
                    "the new certificates in {} are not in use, phones go on seeing those before: {}",
                    folder,
                    String.join("; ", mistakes));
        }
    }

    private List<String> takeUp(CertificateFiles files) {
        try {
            use = Use.of(files, domains);
            return List.of();
        } catch (GeneralSecurityException | IOException cannot) {
            return List.of(String.valueOf(cannot.getMessage()));
        }
    }

    /**
     * What is wrong with the files as they are now, so that those before are in use.
     *
     * @return a sentence each; empty when all is well
     */
    public List<String> mistakes() {
        return mistakes;
    }

    /**
     * When the first of the certificates in use ends.
     *
     * @return its last moment
     */
    public Instant firstEnd() {
        return use.files().shown().stream()
                .map(one -> one.chain().get(0).getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static byte[] permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                .getBytes(StandardCharsets.US_ASCII);
    }

    // Null where the folder cannot be read just now.
    private byte @Nullable [] digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : CertificateFiles.all(folder, clientCa)) {
                digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
                if (Files.exists(file)) {
                    // A chmod may be all that a file lacked to be taken up.
                    digest.update(permissions(file));
                    digest.update(Files.readAllBytes(file));
                }
            }
            return digest.digest();
        } catch (IOException | GeneralSecurityException away) {
            return null;
        }
    }
}
