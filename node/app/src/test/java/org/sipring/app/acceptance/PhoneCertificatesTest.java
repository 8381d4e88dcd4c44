package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operator's certificates are replaced on the disk while phones and browsers are connected to a real node. */
@Tag("acceptance")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PhoneCertificatesTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String PHONES = "127.0.0.11:5061";
    private static final String BROWSERS = "127.0.0.11:4443";
    private static final String HOSTED = "customer.test";

    private final Path dir;
    private final Path folder;
    private final DomainCertificates authority;
    private final OneNode node;
    private int pairs;
    private String shown = "first";

    PhoneCertificatesTest(@TempDir Path dir) throws IOException {
        this.dir = dir;
        folder = dir.resolve("certificates");
        authority = new DomainCertificates(dir);
        authority.sign(folder, shown, "DNS:sipring.test");
        authority.sign(folder, "hosted", "DNS:" + HOSTED);
        node = new OneNode(
                dir,
                "127.0.0.11",
                "sip.domains = [ { name = " + HOSTED + " } ]",
                "sip.tls.certificates = certificates");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    /** A new pair for the domain, beside the folder; tells its name. */
    private String sign() throws IOException {
        String name = "new" + ++pairs;
        authority.sign(dir, name, "DNS:sipring.test");
        return name;
    }

    /** As an operator's script does: one file after the other. */
    private void replace(String pair, String ending) throws IOException {
        Files.copy(
                dir.resolve(pair + ending),
                folder.resolve("first" + ending),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private boolean shows(String authority, String domain, String name) {
        try (Openssl client = node.connect(authority, domain)) {
            return client.trusts(name);
        }
    }

    private void showsSoon(String name) {
        Stopwatch.until(name, SOON, () -> shows(PHONES, "sipring.test", name));
        assertThat(shows(BROWSERS, "sipring.test", name)).isTrue();
        shown = name;
    }

    private void logsSoon(String text) {
        Stopwatch.until(text, SOON, () -> node.log().contains(text));
    }

    @Test
    void whoConnectsSeesTheNewOneAndWhoIsConnectedStays() throws IOException {
        try (Openssl phone = node.connect(PHONES, "sipring.test");
                Openssl browser = node.connect(BROWSERS, "sipring.test")) {
            phone.asks();
            browser.upgrade();
            browser.asksInAFrame();
            assertThat(phone.trusts(shown)).isTrue();
            assertThat(browser.trusts(shown)).isTrue();
            String next = sign();
            replace(next, ".crt");
            replace(next, ".key");
            showsSoon(next);
            assertThat(shows(PHONES, HOSTED, "hosted")).as("the other stays").isTrue();
            assertThat(shows(BROWSERS, HOSTED, "hosted")).isTrue();
            phone.asks();
            browser.asksInAFrame();
        }
    }

    @Test
    void oneThatDoesNotFitItsKeyIsNotShownUntilItDoes() throws IOException {
        String next = sign();
        replace(next, ".crt");
        logsSoon("are not in use, phones go on seeing those before: " + folder.resolve("first.key")
                + " is not usable: it is the key of another certificate");
        assertThat(shows(PHONES, "sipring.test", shown)).isTrue();
        assertThat(shows(BROWSERS, "sipring.test", shown)).isTrue();
        replace(next, ".key");
        showsSoon(next);
    }

    @Test
    void oneWhoseKeyEverybodyReadsIsNotShownUntilTheOperatorHasDoneAsTheLogSays() throws IOException {
        String next = sign();
        Path key = folder.resolve("first.key");
        Files.setPosixFilePermissions(dir.resolve(next + ".key"), PosixFilePermissions.fromString("rw-r--r--"));
        replace(next, ".crt");
        replace(next, ".key");
        logsSoon(key + " is open to everybody (rw-r--r--): run 'chmod 600 " + key + "'");
        assertThat(shows(PHONES, "sipring.test", shown)).isTrue();
        Command.run(SOON, "chmod", "600", key.toString()).succeeded();
        showsSoon(next);
    }
}
