package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.process.Release;
import org.sipring.testkit.JsonSchemas;

/** What monitoring sees, found as Prometheus finds it: by DNS. */
@Tag("acceptance")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MetricsTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final int MOST_RESIDENT_MEBIBYTES = 350;

    private final DemoRun demo;
    private final Pages pages = new Pages();

    MetricsTest(@TempDir Path dir) {
        demo = DemoRun.start(dir);
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    @Test
    void everyNodeIsFoundBySrvAndShowsItsMetricsAndHealth() {
        List<String> found = authorities();
        assertThat(found).containsExactlyInAnyOrder("127.0.0.11:9464", "127.0.0.12:9464", "127.0.0.13:9464");
        for (String authority : found) {
            assertThat(pages.get(authority, "/healthz").statusCode()).isEqualTo(200);
            assertThat(pages.get(authority, "/readyz").statusCode()).isEqualTo(200);
            assertThat(pages.get(authority, "/metrics").headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
            assertThat(pages.shows(authority, "sipring_members{state=\"ready\"}", NODES.size()))
                    .isTrue();
            assertThat(pages.shows(authority, "sipring_table_safe", 1)).isTrue();
            assertThat(pages.get(authority, "/metrics").body())
                    .contains("sipring_dns_alarm{", "sipring_dns_in_sync", "jvm_memory_");
            assertThat(pages.get(authority, "/nothing").statusCode()).isEqualTo(404);
        }
    }

    private static List<String> authorities() {
        return Dns.srv("_prometheus._tcp.sipring.test").stream()
                .map(srv -> Dns.query(srv.target(), "A").get(0) + ":" + srv.port())
                .toList();
    }

    @Test
    void exactlyTheManagerSaysThatTheZoneIsAsPlanned() {
        String manager = demo.status().path("manager").asText();
        for (String node : NODES) {
            int expected = node.equals(manager) ? 1 : 0;
            Awaitility.await(node)
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> pages.shows(demo.address(node) + ":9464", "sipring_dns_in_sync", expected));
        }
    }

    @Test
    void theStatusFromAnyNodeFollowsItsSchema() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode schema =
                json.readTree(Command.ROOT.resolve("docs/status.schema.json").toFile());
        for (String node : NODES) {
            JsonNode status = json.readTree(
                    pages.get(demo.address(node) + ":9464", "/status").body());
            assertThat(JsonSchemas.breaches(schema, status)).isEmpty();
            assertThat(status.path("node").asText()).isEqualTo(node);
            assertThat(status.path("members")).hasSize(NODES.size());
        }
        assertThat(JsonSchemas.breaches(schema, demo.status())).isEmpty();
    }

    @Test
    void allNodesTellOneTruth() {
        JsonNode first = demo.status("n1");
        assertThat(NODES).contains(first.path("manager").asText());
        assertThat(first.path("version").asText()).isEqualTo(Release.version());
        double shares = 0;
        for (JsonNode member : first.path("members")) {
            assertThat(member.path("address").asText())
                    .isEqualTo(demo.address(member.path("id").asText()));
            assertThat(member.path("roles"))
                    .as("roles as the certificates were issued: * and manager")
                    .extracting(JsonNode::asText)
                    .containsExactly("manager", "provisioning", "proxy", "store");
            assertThat(member.path("version").asText()).isEqualTo(Release.version());
            shares += member.path("ringShare").asDouble();
        }
        assertThat(shares).isCloseTo(1, within(1e-6));
        for (String node : NODES) {
            JsonNode status = demo.status(node);
            assertThat(status.path("manager")).isEqualTo(first.path("manager"));
            assertThat(status.path("members")).isEqualTo(first.path("members"));
            assertThat(status.at("/view/id")).isEqualTo(first.at("/view/id"));
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void theLastOfThreeSaysThatNothingIsSafeAnyMore() {
        demo.signal("n1", "KILL");
        demo.signal("n3", "KILL");
        Awaitility.await("n2 to be alone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> demo.status("n2").path("members").size() == 1);
        assertThat(pages.shows(demo.address("n2") + ":9464", "sipring_table_safe", 0))
                .isTrue();
        assertThat(demo.status("n2").path("tableSafe").asBoolean(true)).isFalse();
        assertThat(Command.sipring(
                                Duration.ofSeconds(30),
                                "status",
                                "--dir",
                                demo.dir().toString())
                        .succeeded()
                        .output())
                .contains("soft state: NOT SAFE");
    }

    @Test
    void anIdleNodeWithAFixedHeapStaysSmall() {
        Awaitility.await("a minute of idling")
                .during(Duration.ofSeconds(60))
                .atMost(Duration.ofSeconds(70))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> NODES.stream().allMatch(node -> residentKibibytes(demo.pid(node)) > 0));
        for (String node : NODES) {
            long mebibytes = residentKibibytes(demo.pid(node)) / 1024;
            System.out.printf("MEASURED resident memory of idle %s: %d MiB%n", node, mebibytes);
            assertThat(mebibytes).as(node).isLessThan(MOST_RESIDENT_MEBIBYTES);
        }
    }

    private static long residentKibibytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
