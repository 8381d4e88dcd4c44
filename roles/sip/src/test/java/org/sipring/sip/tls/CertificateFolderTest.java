package org.sipring.sip.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's certificates: what is taken up, and what is refused. */
final class CertificateFolderTest {
    @TempDir
    private static Path scratch;

    private static PemPair one;
    private static PemPair other;
    private static PemPair rsa;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws Exception {
        one = PemPair.make(scratch, "EC", "dns:sipring.test", "dns:*.edge.sipring.test");
        other = PemPair.make(scratch, "EC", "uri:sip:example.org");
        rsa = PemPair.make(scratch, "RSA", "dns:sipring.test", "dns:*.edge.sipring.test");
    }

    @BeforeEach
    void fill() throws IOException {
        one.write(folder, "one");
    }

    private CertificateFolder open() throws IOException {
        return CertificateFolder.open(folder, Optional.empty());
    }

    @Test
    void theNameThatAPhoneAsksForChooses() throws IOException {
        other.write(folder, "other");
        rsa.write(folder, "rsa");
        KeysByName keys =
                new KeysByName(CertificateFiles.read(folder, Optional.empty()).shown());
        assertThat(keys.chosen("EC", Optional.of("Sipring.Test")))
                .map(Shown::name)
                .contains("one");
        assertThat(keys.chosen("EC", Optional.of("n1.edge.sipring.test")))
                .map(Shown::name)
                .contains("one");
        assertThat(keys.chosen("RSA", Optional.of("sipring.test")))
                .map(Shown::name)
                .contains("rsa");
        assertThat(keys.chosen("EC", Optional.of("example.org")))
                .map(Shown::name)
                .contains("other");
        assertThat(keys.chosen("RSA", Optional.of("example.org")))
                .as("one of another kind of key must not stand in for it")
                .isEmpty();
        assertThat(keys.chosen("EC", Optional.of("nobody.test")))
                .map(Shown::name)
                .contains("one");
        assertThat(keys.chosen("RSA", Optional.empty())).map(Shown::name).contains("rsa");
        assertThat(keys.chosen("EC", Optional.of("a.n1.edge.sipring.test")))
                .as("a star stands for one label")
                .map(Shown::name)
                .contains("one");
    }

    @Test
    void aFolderKnowsWhichDomainsItCovers() {
        assertThat(CertificateFolder.covers(folder, "sipring.test")).isTrue();
        assertThat(CertificateFolder.covers(folder, "example.org")).isFalse();
    }

    @Test
    void newFilesAreTakenUp() throws IOException {
        CertificateFolder certificates = open();
        other.write(folder, "one");
        Files.delete(folder.resolve("one.crt"));
        other.write(folder, "one");
        certificates.look();
        assertThat(certificates.mistakes()).isEmpty();
        assertThat(certificates.firstEnd()).isAfter(Instant.now());
    }

    @Test
    void brokenNewFilesLeaveThoseBeforeInUseUntilTheyAreMended() throws IOException {
        CertificateFolder certificates = open();
        Files.writeString(folder.resolve("one.crt"), other.certificate());
        certificates.look();
        assertThat(certificates.mistakes())
                .containsExactly(folder.resolve("one.key") + " is not usable: it is the key of another certificate");
        assertThat(certificates.engine()).isNotNull();
        Files.writeString(folder.resolve("one.key"), other.key());
        certificates.look();
        assertThat(certificates.mistakes()).isEmpty();
    }

    @Test
    void aKeyThatWasOpenToEverybodyIsTakenUpWhenItIsNoMore() throws IOException {
        CertificateFolder certificates = open();
        Path key = folder.resolve("one.key");
        other.write(folder, "one");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        certificates.look();
        assertThat(certificates.mistakes()).singleElement().asString().contains("is open to everybody");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        certificates.look();
        assertThat(certificates.mistakes()).isEmpty();
    }

    @Test
    void anEmptyFolderIsRefused() throws IOException {
        Files.delete(folder.resolve("one.crt"));
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " holds no certificate: put NAME.crt and NAME.key there");
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        Files.writeString(folder.resolve("a.crt"), one.certificate());
        Files.writeString(folder.resolve("b.crt"), "no certificate");
        Files.writeString(folder.resolve("c.crt"), other.certificate());
        Files.writeString(folder.resolve("c.key"), "-----BEGIN EC PRIVATE KEY-----");
        Files.setPosixFilePermissions(folder.resolve("one.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder.resolve("c.key"), PosixFilePermissions.fromString("rw-------"));
        assertThat(CertificateFolder.mistakesIn(folder, Optional.of(folder.resolve("ca.crt"))))
                .satisfiesExactlyInAnyOrder(
                        text -> assertThat(text).endsWith("a.key is missing"),
                        text -> assertThat(text).contains("b.crt is not usable: "),
                        text -> assertThat(text).contains("c.key is not usable: ", "openssl pkcs8 -topk8"),
                        text -> assertThat(text).contains("one.key is open to everybody", "chmod 600"),
                        text -> assertThat(text).endsWith("ca.crt is missing"));
    }
}
