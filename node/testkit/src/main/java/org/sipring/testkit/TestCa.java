package org.sipring.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/** A certificate authority made with the JDK's own keytool: independent of the module that makes the real ones. */
public final class TestCa {
    private static final String PASSWORD = "test-only";

    private final Path store;

    /**
     * Makes an authority.
     *
     * @param directory a fresh one
     * @throws IOException when keytool fails
     */
    public TestCa(Path directory) throws IOException {
        store = directory.resolve("ca.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "30");
    }

    /**
     * Issues a certificate.
     *
     * @param node the node's name
     * @param start as keytool's -startdate
     * @param sans as keytool writes them
     * @return this
     * @throws IOException when keytool fails
     */
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

    /**
     * Issues an ordinary node certificate.
     *
     * @param node the node's name
     * @param domain its SIP domain
     * @param roles those it may take
     * @return this
     * @throws IOException when keytool fails
     */
    public TestCa node(String node, String domain, String... roles) throws IOException {
        return issue(node, "-1H", sans(node, domain, roles));
    }

    /**
     * What a node certificate names.
     *
     * @param node the node's name
     * @param domain its SIP domain
     * @param roles those it may take
     * @return the names, as keytool writes them
     */
    public static String[] sans(String node, String domain, String... roles) {
        List<String> sans = new ArrayList<>(List.of("uri:sipring:node:" + node, "uri:sip:" + domain));
        for (String role : roles) {
            sans.add("uri:sipring:role:" + role);
        }
        return sans.toArray(String[]::new);
    }

    /**
     * The key and certificate of a node.
     *
     * @param node the node's name
     * @return managers of this key alone
     * @throws IOException when the store cannot be read
     * @throws GeneralSecurityException when it is not a store
     */
    public KeyManagerFactory keys(String node) throws IOException, GeneralSecurityException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, password());
        KeyStore.ProtectionParameter protection = new KeyStore.PasswordProtection(password());
        one.setEntry(node, open().getEntry(node, protection), protection);
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(one, password());
        return managers;
    }

    /**
     * A certificate that it has issued, or its own.
     *
     * @param name the node's name; {@code ca} for its own
     * @return the certificate
     * @throws IOException when the store cannot be read
     * @throws GeneralSecurityException when it is not a store
     */
    public X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        return (X509Certificate) open().getCertificate(name);
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password());
        }
        return keys;
    }

    private static char[] password() {
        return PASSWORD.toCharArray();
    }

    private void keytool(String... arguments) throws IOException {
        // Half the time it takes otherwise.
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/keytool", "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
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
                PASSWORD));
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
