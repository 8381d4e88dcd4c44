package org.sipring.overlay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority made with the JDK's own keytool: independent of the module that makes the real ones. */
public final class TestCa {
    static final char[] PASSWORD = "test-only".toCharArray();

    private final Path store;

    /** Makes an authority in a fresh directory. */
    public TestCa(Path directory) throws IOException {
        store = directory.resolve("ca.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "30");
    }

    /** Issues a certificate for these SANs, as keytool writes them; {@code start} is keytool's -startdate. */
    public TestCa issue(String node, String start, String... sans) throws IOException {
        keytool(
                "-genkeypair",
                "-alias",
                node,
                "-dname",
                "CN=" + node,
                "-signer",
                "ca",
                "-startdate",
                start,
                "-validity",
                "2",
                "-ext",
                "san=" + String.join(",", sans));
        return this;
    }

    /** Issues an ordinary node certificate. */
    public TestCa node(String node, String domain, String... roles) throws IOException {
        return issue(node, "-1H", sans(node, domain, roles));
    }

    /** What a node certificate names. */
    public static String[] sans(String node, String domain, String... roles) {
        List<String> sans = new ArrayList<>(List.of("uri:sipring:node:" + node, "uri:sip:" + domain));
        for (String role : roles) {
            sans.add("uri:sipring:role:" + role);
        }
        return sans.toArray(String[]::new);
    }

    KeyStore open() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storepass",
                new String(PASSWORD)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
