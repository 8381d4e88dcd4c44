package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo's contract. */
@Tag("acceptance")
@Timeout(300)
final class DemoTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3");

    @TempDir
    private Path dir = Path.of("");

    @Test
    void checkPlacesACallAndExitsWithZero() {
        Command check = Command.sipring(Duration.ofSeconds(200), "demo", "--check", "--dir", dir.toString());
        assertThat(check.exit()).as(check.output()).isZero();
        assertThat(check.output()).contains("The call went through.").containsPattern("Record-Route .*\\.edge\\.");
        String alices = registrar(check, "alice");
        assertThat(registrar(check, "bob")).isNotEqualTo(alices);
        assertThat(check.output()).contains("alice called bob through " + alices + ";");
    }

    private static String registrar(Command check, String user) {
        Matcher line = Pattern.compile(user + "@sipring\\.test registered at (127\\.0\\.0\\.1[123])\\n")
                .matcher(check.output());
        assertThat(line.find()).as(check.output()).isTrue();
        return line.group(1);
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
            everythingIsReady(demo);
            JsonNode contract = demo.contract();
            assertThat(contract.path("domain").asText()).isEqualTo("sipring.test");
            assertThat(contract.path("dns").asText()).isEqualTo("127.0.0.1:5300");
            assertThat(contract.path("nodes")).hasSize(3);
            assertThat(contract.path("accounts"))
                    .extracting(a -> a.path("user").asText())
                    .containsExactly("alice", "bob", "carol");
            assertThat(demo.screen()).contains("n1 is ready", "n2 is ready", "n3 is ready", "(3 of 3)");
            theScreenTellsAll(demo);
            children = demo.children();
        }
        assertThat(children).hasSize(4).noneMatch(ProcessHandle::isAlive);
        assertThat(Files.exists(dir.resolve("demo.json")))
                .as("demo.json after the end")
                .isFalse();
    }

    // Asked once, at the first appearance of demo.json: there is nothing to wait for any more.
    private static void everythingIsReady(DemoRun demo) {
        assertThat(NODES).allMatch(demo::ready);
        for (String service : List.of(
                "_sips._tcp", "_sip._udp", "_sip._tcp", "_provisioning._tcp", "_sipring._tcp", "_prometheus._tcp")) {
            assertThat(Dns.targets(service + ".sipring.test"))
                    .as(service)
                    .containsExactly("n1.sipring.test.", "n2.sipring.test.", "n3.sipring.test.");
        }
    }

    private static void theScreenTellsAll(DemoRun demo) {
        assertThat(demo.screen()).contains("Sipring platform sipring.test is ready", "start-node", "status");
        for (String node : NODES) {
            String address = demo.address(node);
            assertThat(demo.screen())
                    .containsPattern(node + " +" + Pattern.quote(address) + " +pid " + demo.pid(node)
                            + " +roles manager,provisioning,proxy,store .*http://" + Pattern.quote(address)
                            + ":9464/status")
                    .containsPattern("_sip\\._udp\\.sipring\\.test\\.? .*SRV .* " + node + "\\.sipring\\.test\\.");
        }
        for (String user : List.of("alice", "bob", "carol")) {
            assertThat(demo.screen())
                    .containsPattern("sip:" + user + "@sipring\\.test +password " + Pattern.quote(demo.password(user)));
        }
        assertThat(demo.screen()).contains("Record-Route names nodes by name");
    }

    @Test
    void aDemoStartedAgainIsTheSamePlatformWithItsData() throws IOException {
        JsonNode before;
        JsonNode accounts;
        List<String> certificates;
        try (DemoRun demo = DemoRun.start(dir)) {
            before = demo.status();
            accounts = demo.contract().path("accounts");
            certificates = certificates();
        }
        try (DemoRun demo = DemoRun.start(dir)) {
            JsonNode after = demo.status();
            assertThat(after.path("platform")).isEqualTo(before.path("platform"));
            assertThat(demo.contract().path("accounts")).isEqualTo(accounts);
            assertThat(certificates()).isEqualTo(certificates);
            assertThat(after.at("/dns/epoch").asLong())
                    .isGreaterThanOrEqualTo(before.at("/dns/epoch").asLong());
            assertThat(after.at("/dns/seq").asLong())
                    .isGreaterThan(before.at("/dns/seq").asLong());
            assertThat(after.at("/dns/alarms"))
                    .as("a zone that was lost is an alarm")
                    .isEmpty();
        }
    }

    private List<String> certificates() throws IOException {
        List<String> certificates = new ArrayList<>(List.of(Files.readString(dir.resolve("ca/ca.crt"))));
        for (String node : NODES) {
            certificates.add(Files.readString(dir.resolve("nodes").resolve(node).resolve("node.crt")));
        }
        return certificates;
    }
}
