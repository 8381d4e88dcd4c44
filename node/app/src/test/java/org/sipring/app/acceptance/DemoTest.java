package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo's contract. */
@Tag("acceptance")
@Timeout(300)
final class DemoTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void checkPlacesACallAndExitsWithZero() {
        Command check = Command.sipring(Duration.ofSeconds(200), "demo", "--check", "--dir", dir.toString());
        assertThat(check.exit()).as(check.output()).isZero();
        assertThat(check.output()).contains("The call went through.").containsPattern("Record-Route .*\\.edge\\.");
    }

    @Test
    void recordRouteMayNameAddresses() {
        Command check = Command.sipring(
                Duration.ofSeconds(200), "demo", "--check", "--record-route", "address", "--dir", dir.toString());
        assertThat(check.exit()).as(check.output()).isZero();
        assertThat(check.output())
                .contains("The call went through.")
                .containsPattern("Record-Route .*@127\\.0\\.0\\.1[123]")
                .doesNotContain(".edge.");
    }

    @Test
    void ctrlCEndsEveryProcessThatTheDemoStarted() {
        try (DemoRun demo = DemoRun.start(dir)) {
            List<ProcessHandle> children = demo.children();
            assertThat(children).hasSize(4);
            demo.interrupt();
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(demo.screen())
                    .contains("stopping n3, n2, n1, dns ...", "  n1 has ended")
                    .doesNotContain("starts it again");
        }
    }

    @Test
    void aDemoIsReadyWithinAMinuteAndTellsPrograms() {
        long start = System.nanoTime();
        List<ProcessHandle> children;
        try (DemoRun demo = DemoRun.start(dir)) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("MEASURED demo until ready: %d ms%n", took.toMillis());
            assertThat(took).isLessThan(Duration.ofSeconds(60));
            JsonNode contract = demo.contract();
            assertThat(contract.path("domain").asText()).isEqualTo("sipring.test");
            assertThat(contract.path("dns").asText()).isEqualTo("127.0.0.1:5300");
            assertThat(contract.path("nodes")).hasSize(3);
            assertThat(contract.path("accounts"))
                    .extracting(a -> a.path("user").asText())
                    .containsExactly("alice", "bob", "carol");
            assertThat(demo.screen()).contains("Sipring platform sipring.test is ready", "start-node", "status");
            assertThat(demo.screen()).contains("n1 is ready", "n2 is ready", "n3 is ready", "(3 of 3)");
            children = demo.children();
        }
        assertThat(children).hasSize(4).noneMatch(ProcessHandle::isAlive);
        assertThat(Files.exists(dir.resolve("demo.json")))
                .as("demo.json after the end")
                .isFalse();
    }

    @Test
    void aDemoStartedAgainIsTheSamePlatform() {
        String platform;
        try (DemoRun demo = DemoRun.start(dir)) {
            platform = demo.status().path("platform").asText();
        }
        try (DemoRun demo = DemoRun.start(dir)) {
            assertThat(demo.status().path("platform").asText()).isEqualTo(platform);
        }
    }
}
