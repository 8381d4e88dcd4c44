package org.sipring.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFolderTest {
    @TempDir
    Path folder;

    private Fixture fixture;
    private Path identity;

    @BeforeEach
    void issueOne() throws Exception {
        fixture = new Fixture(folder);
        identity = fixture.issue("n1");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(() -> fixture.load(identity)).isInstanceOf(Refusal.class);
    }

    private void copy(Path from, String file) throws Exception {
        Files.copy(from.resolve(file), identity.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aGoodFolderSaysWhoTheNodeIs() throws Exception {
        IdentityFolder loaded = fixture.load(identity);
        assertThat(loaded.self().node()).hasToString("n1");
        assertThat(loaded.self().domain()).isEqualTo("sipring.test");
        assertThat(loaded.self().host()).isEqualTo("127.0.0.11");
        assertThat(loaded.alarms()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        identity = folder.resolve("nowhere");
        assertRefused().hasMessageContaining("does not exist");
    }

    @Test
    void aKeyReadableByOthersIsRefused() throws Exception {
        Files.setPosixFilePermissions(identity.resolve("node.key"), PosixFilePermissions.fromString("rw-r-----"));
        assertRefused().hasMessageContaining("open to others (rw-r-----)").hasMessageContaining("chmod 600");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        copy(fixture.issue("n2"), "node.key");
        assertRefused().hasMessageContaining("does not belong to");
    }

    @Test
    void anExpiredCertificateIsRefused() {
        fixture.pass(Duration.ofDays(31));
        assertRefused().hasMessageContaining("has expired at 2026-03-31T12:00:00Z");
    }

    @Test
    void aCertificateOfTheFutureIsRefused() {
        fixture.pass(Duration.ofMinutes(-6));
        assertRefused().hasMessageContaining("is not valid before").hasMessageContaining("clocks");
    }

    @Test
    void aCertificateOfAnotherCaIsRefused() throws Exception {
        Path foreign = fixture.issue(fixture.stranger(Fixture.DOMAIN), "n2");
        copy(foreign, "node.crt");
        copy(foreign, "node.key");
        assertRefused().hasMessageContaining("is of another CA");
    }

    @Test
    void aListOfAnotherCaIsRefused() throws Exception {
        copy(fixture.issue(fixture.stranger(Fixture.DOMAIN), "n2"), "crl.pem");
        assertRefused().hasMessageContaining("crl.pem is not usable: it is not signed by this platform's CA");
    }

    @Test
    void eachMissingFileIsNamed() throws Exception {
        Files.delete(identity.resolve("node.crt"));
        Files.delete(identity.resolve("crl.pem"));
        assertRefused().hasMessageContaining("node.crt is missing").hasMessageContaining("crl.pem is missing");
    }

    @Test
    void malformedFilesAreNamed() throws Exception {
        Files.writeString(identity.resolve("node.key"), "garbage");
        Files.writeString(identity.resolve("node.crt"), "garbage");
        assertRefused().hasMessageContaining("node.key is not usable").hasMessageContaining("node.crt is not usable");
    }

    @Test
    void allMistakesAreReportedAtOnce() throws Exception {
        copy(fixture.issue("n2"), "node.key");
        Files.setPosixFilePermissions(identity.resolve("node.key"), PosixFilePermissions.fromString("rw-r--r--"));
        fixture.pass(Duration.ofDays(31));
        assertRefused()
                .hasMessageContaining("open to others")
                .hasMessageContaining("does not belong to")
                .hasMessageContaining("has expired");
    }

    @Test
    void aNewerListIsTakenUpKeptOnDiskAndTold() throws Exception {
        IdentityFolder node = fixture.load(identity);
        AtomicInteger told = new AtomicInteger();
        node.onChange(told::incrementAndGet);
        byte[] list = Files.readAllBytes(fixture.authority.revoke("n1").crl());
        assertThat(node.takeCrl(list)).isEqualTo(CrlTaken.NEWER);
        assertThat(node.takeCrl(list)).isEqualTo(CrlTaken.KNOWN);
        assertThat(told).hasValue(1);
        assertThat(node.selfRevoked()).isTrue();
        assertThat(node.alarms()).anyMatch(alarm -> alarm.contains("revoked"));
        assertThat(fixture.load(identity).selfRevoked()).isTrue();
    }

    @Test
    void whoHearsNoMoreIsNotTold() throws Exception {
        IdentityFolder node = fixture.load(identity);
        AtomicInteger told = new AtomicInteger();
        node.onChange(told::incrementAndGet).end();
        node.takeCrl(Files.readAllBytes(fixture.authority.revoke("n1").crl()));
        assertThat(told).hasValue(0);
    }

    @Test
    void anOlderListDoesNotReplaceANewerOne() throws Exception {
        IdentityFolder node = fixture.load(identity);
        byte[] old = node.crl();
        node.takeCrl(Files.readAllBytes(fixture.authority.revoke("n1").crl()));
        assertThat(node.takeCrl(old)).isEqualTo(CrlTaken.KNOWN);
        assertThat(node.selfRevoked()).isTrue();
    }

    @Test
    void aForgedOrMalformedListIsRefused() throws Exception {
        IdentityFolder node = fixture.load(identity);
        Authority stranger = fixture.stranger(Fixture.DOMAIN);
        assertThat(node.takeCrl(Files.readAllBytes(stranger.refresh()))).isEqualTo(CrlTaken.REFUSED);
        assertThat(node.takeCrl(new byte[] {1, 2, 3})).isEqualTo(CrlTaken.REFUSED);
        assertThat(node.takeCrl(new byte[RevocationList.MAX_BYTES + 1])).isEqualTo(CrlTaken.REFUSED);
    }

    @Test
    void aStaleListAlarmsAndRefusesNobody() throws Exception {
        IdentityFolder node = fixture.load(identity);
        fixture.pass(Authority.CRL_VALIDITY.plusDays(1));
        assertThat(node.crlStale()).isTrue();
        assertThat(node.alarms()).anyMatch(alarm -> alarm.contains("revocation list was due"));
    }

    @Test
    void aListThatTheOperatorCopiesIsFoundByPolling() throws Exception {
        IdentityFolder node = fixture.load(identity);
        AtomicInteger told = new AtomicInteger();
        node.onChange(told::incrementAndGet);
        node.poll();
        assertThat(told).hasValue(0);
        fixture.authority.revoke("n1");
        copy(folder.resolve("ca"), "crl.pem");
        node.poll();
        node.poll();
        assertThat(told).hasValue(1);
        assertThat(node.selfRevoked()).isTrue();
    }

    @Test
    void aRenewedCertificateIsFoundByPolling() throws Exception {
        IdentityFolder node = fixture.load(identity);
        AtomicInteger told = new AtomicInteger();
        node.onChange(told::incrementAndGet);
        fixture.pass(Duration.ofDays(25));
        assertThat(node.alarms()).anyMatch(alarm -> alarm.contains("ends at"));
        fixture.authority.renew(identity, Duration.ofDays(30));
        node.poll();
        node.poll();
        assertThat(told).hasValue(1);
        assertThat(node.expires()).isEqualTo(fixture.instant().plus(Duration.ofDays(30)));
        assertThat(node.alarms()).isEmpty();
    }

    @Test
    void aHalfWrittenRenewalIsTakenUpWhenItIsComplete() throws Exception {
        IdentityFolder node = fixture.load(identity);
        Path next = folder.resolve("next");
        fixture.pass(Duration.ofDays(1));
        fixture.authority.issue(Fixture.request("n1"), next);
        copy(next, "node.key");
        node.poll();
        assertThat(node.expires()).isEqualTo(fixture.instant().plus(Duration.ofDays(29)));
        copy(next, "node.crt");
        node.poll();
        assertThat(node.expires()).isEqualTo(fixture.instant().plus(Duration.ofDays(30)));
    }

    @Test
    void anotherNodesIdentityIsNotTakenUpByARunningNode() throws Exception {
        IdentityFolder node = fixture.load(identity);
        Path other = fixture.issue("n2");
        copy(other, "node.key");
        copy(other, "node.crt");
        node.poll();
        assertThat(node.self().node()).hasToString("n1");
    }
}
