package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.phone.PhoneAccount;

/** What a platform keeps comes back, also into another platform with another CA. */
@Tag("acceptance")
@Timeout(300)
final class BackupTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD = "open sesame";

    @TempDir
    Path dir;

    private DemoRun demo(String name, int nodes) throws IOException {
        return DemoRun.start(Files.createDirectories(dir.resolve(name)), "--nodes", Integer.toString(nodes));
    }

    private static Command sipring(DemoRun demo, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--dir", demo.dir().toString()));
        return Command.sipring(LIMIT, all.toArray(String[]::new));
    }

    private static void registersAt(DemoRun demo, String... nodes) {
        PhoneAccount dave = new PhoneAccount("dave", "sipring.test", PASSWORD);
        for (String node : nodes) {
            new Handsets(demo).registered(dave, node).close();
        }
    }

    @Test
    void anAccountThatWasRemovedRegistersAgainWithItsOldPassword() throws IOException {
        Path file = dir.resolve("all.backup");
        Path former = dir.resolve("former-operator");
        try (DemoRun demo = demo("first", 1)) {
            Path password = Files.writeString(dir.resolve("password"), PASSWORD);
            sipring(demo, "account", "add", "dave@sipring.test", "--password-file", password.toString())
                    .succeeded();
            assertThat(sipring(demo, "backup", file.toString()).succeeded().output())
                    .contains("archive of sipring.test, made by n1 at ", "accounts ", "written and verified");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("dave", "ha1");
            assertThat(sipring(demo, "backup", file.toString()).exit()).isEqualTo(1);
            assertThat(sipring(demo, "backup", "verify", file.toString())
                            .succeeded()
                            .output())
                    .contains("accounts ");

            sipring(demo, "account", "remove", "dave@sipring.test").succeeded();
            sipring(demo, "account", "add", "erin@sipring.test", "--password-file", password.toString())
                    .succeeded();
            assertThat(sipring(demo, "restore", file.toString()).output())
                    .contains("give the command again with --yes");
            assertThat(sipring(demo, "account", "show", "erin@sipring.test").exit())
                    .isZero();
            assertThat(sipring(demo, "restore", file.toString(), "--yes")
                            .succeeded()
                            .output())
                    .contains("restored: 1 created, 0 changed, 1 removed");
            assertThat(sipring(demo, "account", "show", "erin@sipring.test").exit())
                    .isEqualTo(1);
            registersAt(demo, "n1");
            copyOperator(demo, former);
            aNodeKeepsCopiesThatItsOwnKeyOpens(demo);
        }
        Path cut = dir.resolve("cut.backup");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(file), 2000));
        try (DemoRun demo = demo("second", 3)) {
            assertThat(sipring(demo, "restore", file.toString(), "--yes").output())
                    .contains("made for other certificates");
            assertThat(sipring(demo, "restore", cut.toString(), "--yes", "--key-of", former.toString())
                            .output())
                    .contains("ends too early");
            sipring(demo, "restore", file.toString(), "--yes", "--key-of", former.toString())
                    .succeeded();
            registersAt(demo, "n1", "n2", "n3");
        }
    }

    private static void aNodeKeepsCopiesThatItsOwnKeyOpens(DemoRun demo) {
        Path node = demo.dir().resolve("nodes").resolve("n1");
        Path copy = Awaitility.await("the first copy")
                .atMost(Duration.ofMinutes(2))
                .until(() -> copy(node), Optional::isPresent)
                .orElseThrow();
        assertThat(sipring(demo, "backup", "verify", copy.toString()).output()).contains("made for other certificates");
        assertThat(sipring(demo, "backup", "verify", copy.toString(), "--key-of", node.toString())
                        .succeeded()
                        .output())
                .contains("archive of sipring.test, made by n1 at ");
    }

    private static Optional<Path> copy(Path node) throws IOException {
        try (Stream<Path> copies = Files.list(node.resolve("data").resolve("backups"))) {
            return copies.filter(file -> file.toString().endsWith(".backup")).findFirst();
        }
    }

    private static void copyOperator(DemoRun demo, Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(org.sipring.app.demo.DemoDirectory.operator(demo.dir()).resolve("node.key"), to.resolve("node.key"));
    }
}
