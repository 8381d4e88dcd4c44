package org.sipring.sip.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that signed itself, and its key, as an operator has them; keytool makes them.
 *
 * @param certificate in PEM
 * @param key in PEM
 */
public record PemPair(String certificate, String key) {
    private static final char[] PASSWORD = "password".toCharArray();

    /** Makes a pair for names written as keytool wants them, such as {@code dns:sipring.test}. */
    public static PemPair make(Path scratch, String algorithm, String... names)
            throws IOException, InterruptedException, GeneralSecurityException {
        return make(
                scratch,
                algorithm,
                "CN=" + names[0].replace(':', ' '),
                List.of("-ext", "san=" + String.join(",", names)));
    }

    /** Makes a pair for a subject that has no other name. */
    static PemPair ofSubject(Path scratch, String subject)
            throws IOException, InterruptedException, GeneralSecurityException {
        return make(scratch, "EC", subject, List.of());
    }

    private static PemPair make(Path scratch, String algorithm, String subject, List<String> extensions)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = scratch.resolve("pair-" + algorithm + (subject + extensions).hashCode());
        Files.deleteIfExists(store);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                algorithm,
                "-dname",
                subject,
                "-storetype",
                "PKCS12",
                "-storepass",
                "password",
                "-keystore",
                store.toString()));
        command.addAll(extensions);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new PemPair(
                pem("CERTIFICATE", keys.getCertificate("it").getEncoded()),
                pem("PRIVATE KEY", keys.getKey("it", PASSWORD).getEncoded()));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** Writes both files. */
    public void write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".crt"), certificate);
        Path file = folder.resolve(name + ".key");
        Files.writeString(file, key);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
