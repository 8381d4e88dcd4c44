package org.sipring.sip.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for phones as they lie on the disk: {@code NAME.crt}, a chain with the certificate itself first, and
 * {@code NAME.key}, both PEM.
 *
 * @param shown in the order of their names
 * @param clientCas who may sign phones' own certificates; empty where phones are not asked for one
 * @param mistakes a sentence each; nothing may be used when there is one
 */
record CertificateFiles(List<Shown> shown, List<X509Certificate> clientCas, List<String> mistakes) {
    private static final String CERTIFICATE = ".crt";
    private static final String KEY = ".key";
    private static final Set<PosixFilePermission> STRANGERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    CertificateFiles {
        shown = List.copyOf(shown);
        clientCas = List.copyOf(clientCas);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * Reads them; never fails.
     *
     * @param folder where certificates and keys are
     * @param clientCa the file of those who sign phones' certificates
     */
    static CertificateFiles read(Path folder, Optional<Path> clientCa) {
        return new Reader().read(folder, clientCa);
    }

    /** The names of all certificates, sorted, without ending. */
    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(CERTIFICATE))
                    .map(name -> name.substring(0, name.length() - CERTIFICATE.length()))
                    .sorted()
                    .toList();
        }
    }

    /** Every file that {@link #read} looks at. */
    static List<Path> all(Path folder, Optional<Path> clientCa) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : names(folder)) {
            files.add(folder.resolve(name + CERTIFICATE));
            files.add(folder.resolve(name + KEY));
        }
        clientCa.ifPresent(files::add);
        return files;
    }

    /** Reads on after a mistake, to tell all of them. */
    private static final class Reader {
        private final List<String> mistakes = new ArrayList<>();

        private CertificateFiles read(Path folder, Optional<Path> clientCa) {
            List<Shown> shown = new ArrayList<>();
            try {
                for (String name : names(folder)) {
                    Shown one = pair(folder, name);
                    if (one != null) {
                        shown.add(one);
                    }
                }
                if (shown.isEmpty() && mistakes.isEmpty()) {
                    mistakes.add(folder + " holds no certificate: put NAME.crt and NAME.key there");
                }
            } catch (IOException unreadable) {
                mistakes.add(folder + " cannot be read: " + unreadable);
            }
            List<X509Certificate> cas = clientCa.flatMap(
                            file -> Optional.ofNullable(parse(file, PemFiles::certificates)))
                    .orElse(List.of());
            return new CertificateFiles(shown, cas, mistakes);
        }

        private @Nullable Shown pair(Path folder, String name) {
            Path keyFile = folder.resolve(name + KEY);
            List<X509Certificate> chain = parse(folder.resolve(name + CERTIFICATE), PemFiles::certificates);
            if (chain == null) {
                return null;
            }
            PrivateKey key =
                    parse(keyFile, pem -> PemFiles.key(pem, chain.get(0).getPublicKey()));
            checkPermissions(keyFile);
            return key == null ? null : parse(keyFile, pem -> Shown.of(name, key, chain));
        }

        private void checkPermissions(Path key) {
            try {
                Set<PosixFilePermission> found = Files.getPosixFilePermissions(key);
                if (found.stream().anyMatch(STRANGERS::contains)) {
                    mistakes.add(key + " is open to everybody (" + PosixFilePermissions.toString(found)
                            + "): run 'chmod 600 " + key + "'");
                }
            } catch (IOException missing) {
                // Reading the file tells the operator.
            }
        }

        private <T> @Nullable T parse(Path file, Parser<T> parser) {
            try {
                return parser.parse(Files.readAllBytes(file));
            } catch (NoSuchFileException missing) {
                mistakes.add(file + " is missing");
            } catch (IOException unreadable) {
                mistakes.add(file + " cannot be read: " + unreadable);
            } catch (GeneralSecurityException | IllegalArgumentException malformed) {
                mistakes.add(file + " is not usable: " + malformed.getMessage());
            }
            return null;
        }
    }

    /** Reads one file. */
    @FunctionalInterface
    private interface Parser<T> {
        T parse(byte[] bytes) throws GeneralSecurityException;
    }
}
