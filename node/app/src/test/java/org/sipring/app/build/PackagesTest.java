package org.sipring.app.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code build/packages.sh} brings what is missing. Nothing is installed: apt-get, sudo and id are stubs. */
final class PackagesTest {
    private static final Path SCRIPT = Path.of(System.getProperty("sipring.root"), "build/packages.sh");

    @TempDir
    private Path dir = Path.of("");

    @BeforeEach
    void nobodyIsRoot() throws IOException {
        stub("id", "echo 1000");
        stub("apt-get", "echo \"apt-get $*\" >> " + calls());
    }

    @Test
    void nothingIsDoneWhenNothingIsMissing() throws IOException {
        stub("sudo", "exit 1");
        stub("javac", "echo javac 17.0.15");
        assertThat(ensure("javac=openjdk-17-jdk-headless sh=dash")).isEqualTo("exit 0\n");
    }

    @Test
    void withoutRootAndSudoItSaysTheCommandToRun() throws IOException {
        stub("sudo", "exit 1");
        assertThat(ensure("no-such-command=right-package sh=dash other-command=another-package"))
                .isEqualTo(
                        """
                        missing: another-package right-package\s
                        run this, then try again:  sudo apt-get update && sudo apt-get install -y --no-install-recommends another-package right-package\s
                        exit 1
                        """);
        assertThat(called()).isEmpty();
    }

    @Test
    void withSudoItInstallsJustWhatIsMissing() throws IOException {
        sudoThatInstalls("brought-by-apt", "exit 0");
        assertThat(ensure("brought-by-apt=right-package sh=dash"))
                .contains("installing right-package")
                .endsWith("exit 0\n");
        assertThat(called())
                .contains(
                        "-n env DEBIAN_FRONTEND=noninteractive apt-get update -qq",
                        "-n env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends right-package")
                .noneMatch(line -> line.contains("dash"));
    }

    @Test
    void whatAptCannotInstallIsSaid() throws IOException {
        stub("sudo", "case \"$*\" in *install*) exit 100;; esac");
        assertThat(ensure("no-such-command=right-package"))
                .contains("apt could not install them", "apt-get install -y --no-install-recommends right-package")
                .endsWith("exit 100\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javac 1.8.0_402", "javac 11.0.22", "javac 16", "javac: broken"})
    void anOlderJdkIsReplaced(String version) throws IOException {
        stub("javac", "echo " + version);
        sudoThatInstalls("javac", "echo javac 17.0.15");
        assertThat(ensure("javac=openjdk-17-jdk-headless"))
                .contains("installing openjdk-17-jdk-headless")
                .endsWith("exit 0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javac 17", "javac 17.0.15", "javac 21.0.2", "javac 25-ea"})
    void aNewerJdkIsGood(String version) throws IOException {
        stub("javac", "echo " + version);
        stub("sudo", "exit 1");
        assertThat(ensure("javac=openjdk-17-jdk-headless")).isEqualTo("exit 0\n");
    }

    @Test
    void anOlderJdkThatStaysInFrontIsSaid() throws IOException {
        stub("javac", "echo javac 11.0.22");
        stub("sudo", "exit 0");
        assertThat(ensure("javac=openjdk-17-jdk-headless"))
                .contains("installed, but the PATH still leads to something older", "openjdk-17-jdk-headless")
                .endsWith("exit 1\n");
    }

    private void sudoThatInstalls(String command, String does) throws IOException {
        Path waiting = dir.resolve("waiting");
        Files.createDirectories(waiting);
        script(waiting.resolve(command), does);
        stub(
                "sudo",
                "echo \"$*\" >> " + calls() + "; case \"$*\" in *install*) cp " + waiting.resolve(command) + " " + bin()
                        + ";; esac");
    }

    private void stub(String name, String does) throws IOException {
        Files.createDirectories(bin());
        script(bin().resolve(name), does);
    }

    private static void script(Path file, String does) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path bin() {
        return dir.resolve("bin");
    }

    private Path calls() {
        return dir.resolve("calls");
    }

    private List<String> called() throws IOException {
        return Files.exists(calls()) ? Files.readAllLines(calls()) : List.of();
    }

    /** What {@code ensure} prints, and its exit status. */
    private String ensure(String pairs) throws IOException {
        Path output = dir.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", ". " + SCRIPT + "; ensure " + pairs + "; echo exit $?");
        shell.environment().put("PATH", bin() + ":/usr/bin:/bin");
        shell.redirectErrorStream(true).redirectOutput(output.toFile());
        shell.start().onExit().join();
        return Files.readString(output);
    }
}
