package org.sipring.sip.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/** Who may sign the certificates of other domains. Immutable; callable from any thread. */
public final class DomainTrust {
    // The kind of key exchange says which usages of a key are looked at; a peer's certificate serves both directions.
    private static final String ANY = "UNKNOWN";

    // A root, two CAs and the domain: each certificate more is work that a stranger makes us do.
    private static final int LONGEST_CHAIN = 4;

    private final X509TrustManager manager;
    private final String name;

    private DomainTrust(X509TrustManager manager, String name) {
        this.manager = manager;
        this.name = name;
    }

    /**
     * The CAs of the system, or those of a file.
     *
     * @param file certificates in PEM; empty: those that Java trusts, which Debian's {@code ca-certificates} keeps
     * @return the trust
     * @throws IOException with what is wrong with the file
     */
    public static DomainTrust open(Optional<Path> file) throws IOException {
        try {
            return file.isPresent()
                    ? new DomainTrust(
                            TrustManagers.of(PemFiles.certificates(Files.readAllBytes(file.get()))),
                            file.get().toString())
                    : new DomainTrust(TrustManagers.ofSystem(), "the system's store");
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    file.map(Path::toString).orElse("the system's store of CAs") + " is not usable: "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    /**
     * Finds what is wrong with a file, without using it.
     *
     * @param file as for {@link #open}
     * @return a sentence; empty when all is well
     */
    public static List<String> mistakesIn(Path file) {
        try {
            open(Optional.of(file));
            return List.of();
        } catch (IOException wrong) {
            return List.of(String.valueOf(wrong.getMessage()));
        }
    }

    /** What verifies a server's chain during the handshake. */
    X509TrustManager manager() {
        return manager;
    }

    /**
     * Verifies the chain of a peer that connected. RFC 5922 knows one certificate of a domain, for both directions; public
     * CAs say of it that it is a server's.
     */
    void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length > LONGEST_CHAIN) {
            throw new CertificateException("it shows " + chain.length + " certificates, more than " + LONGEST_CHAIN);
        }
        try {
            manager.checkServerTrusted(chain, ANY);
        } catch (CertificateException noServer) {
            manager.checkClientTrusted(chain, ANY);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return name;
    }
}
