package org.sipring.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An identity folder that has been read and found good.
 *
 * @param key the node's
 * @param certificate the node's
 * @param rules the CA, its domain, and the list found in the folder
 */
record FolderContent(PrivateKey key, X509Certificate certificate, Rules rules) {
    static final String KEY = "node.key";
    static final String CERTIFICATE = "node.crt";
    static final String CA = "ca.crt";
    static final String CRL = "crl.pem";

    private static final String SIGNATURE = "SHA256withECDSA";

    /**
     * Reads a folder.
     *
     * @throws Refusal with everything that is wrong with it
     */
    static FolderContent read(Path folder, Instant now) throws Refusal {
        return new Reader(folder).read(now);
    }

    /** Reads on after a mistake, to report all of them. */
    private static final class Reader {
        private final Path folder;
        private final List<String> mistakes = new ArrayList<>();

        private Reader(Path folder) {
            this.folder = folder;
        }

        private FolderContent read(Instant now) throws Refusal {
            if (!Files.isDirectory(folder)) {
                throw new Refusal(
                        List.of("identity folder " + folder + " does not exist: make it with 'sipring ca issue'"));
            }
            checkPermissions();
            PrivateKey key = parse(KEY, Pem::readKey);
            X509Certificate certificate = parse(CERTIFICATE, Pem::readCertificate);
            X509Certificate ca = parse(CA, Pem::readCertificate);
            RevocationList crl = ca == null ? null : parse(CRL, bytes -> RevocationList.read(bytes, ca));
            String domain = ca == null ? null : parse(CA, bytes -> Sans.domain(ca));
            checkPair(key, certificate);
            if (ca == null || crl == null || domain == null || certificate == null || key == null) {
                throw new Refusal(mistakes);
            }
            Rules rules = new Rules(ca, domain, crl);
            rules.breaches(certificate, now).forEach(breach -> mistakes.add(path(CERTIFICATE) + " " + breach.text()));
            Refusal.ifAny(mistakes);
            return new FolderContent(key, certificate, rules);
        }

        private void checkPermissions() {
            try {
                Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder.resolve(KEY));
                if (!Disk.OWNER_ONLY.value().containsAll(found)) {
                    mistakes.add(path(KEY) + " is open to others (" + PosixFilePermissions.toString(found)
                            + "): run 'chmod 600 " + path(KEY) + "'; if others may have read it, issue a new identity");
                }
            } catch (IOException missing) {
                // Reading the file tells the operator.
            }
        }

        private <T> @Nullable T parse(String name, Parser<T> parser) {
            try {
                return parser.parse(Files.readAllBytes(folder.resolve(name)));
            } catch (NoSuchFileException missing) {
                mistakes.add(path(name) + " is missing: copy the whole folder that 'sipring ca issue' made");
            } catch (IOException unreadable) {
                mistakes.add(path(name) + " cannot be read: " + unreadable);
            } catch (GeneralSecurityException malformed) {
                mistakes.add(path(name) + " is not usable: " + malformed.getMessage());
            }
            return null;
        }

        private void checkPair(@Nullable PrivateKey key, @Nullable X509Certificate certificate) {
            if (key != null && certificate != null && !match(key, certificate)) {
                mistakes.add(path(KEY) + " does not belong to " + path(CERTIFICATE)
                        + ": copy both from the same 'sipring ca issue'");
            }
        }

        private String path(String name) {
            return folder.resolve(name).toString();
        }
    }

    private static boolean match(PrivateKey key, X509Certificate certificate) {
        byte[] probe = {1, 2, 3, 4};
        try {
            Signature signer = Signature.getInstance(SIGNATURE);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(probe);
            return signer.verify(signature);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    /** Reads one file. */
    @FunctionalInterface
    private interface Parser<T> {
        T parse(byte[] bytes) throws GeneralSecurityException;
    }
}
