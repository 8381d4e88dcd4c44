package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator's commands say of a platform of two nodes, and of a third that he adds by hand. */
@Tag("acceptance")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CommandsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PORT = 9470;

    private final Path identity;
    private final Path config;
    private final DemoRun demo;
    private final NameServer nameServer;

    CommandsTest(@TempDir Path dir) {
        this.identity = dir.resolve("n4");
        this.config = dir.resolve("n4.conf");
        this.demo = DemoRun.start(dir.resolve("demo"), "--nodes", "2", "--record-route", "address");
        this.nameServer = new NameServer(demo);
    }

    /** As an operator makes a node: an identity of the platform's CA, and the settings of the others with one changed. */
    @BeforeAll
    void makeANewNode() throws IOException {
        String issue = "ca issue n4 --ca %s --roles proxy --address 127.0.0.14 --out %s"
                .formatted(demo.dir().resolve("ca"), identity);
        Command.sipring(LIMIT, issue.split(" ")).succeeded();
        String settings = Files.readString(demo.dir().resolve("nodes/n1/sipring.conf"));
        Files.writeString(config, settings + "http.port = " + PORT + System.lineSeparator());
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    @Test
    @Order(1)
    void aDemoHasAsManyNodesAsAskedForAndItsScreenSaysWhatRecordRouteNames() {
        assertThat(demo.contract().path("nodes"))
                .extracting(node -> node.path("id").asText())
                .containsExactly("n1", "n2");
        assertThat(demo.children()).hasSize(3);
        assertThat(demo.status().path("members")).hasSize(2);
        assertThat(Dns.targets("_sip._udp.sipring.test")).containsExactly("n1.sipring.test.", "n2.sipring.test.");
        assertThat(demo.screen())
                .contains("n2 is ready (2 of 2)")
                .contains("Record-Route names nodes by address (a dead node's calls cannot be found again by phones");
    }

    @Test
    @Order(2)
    void dnsShowListsWhatTheZoneHolds() {
        assertThat(dns("show").succeeded().output())
                .contains("NAPTR", "_sip._udp.sipring.test.")
                .containsPattern("fence +written by n[12], epoch \\d+, update \\d+")
                .containsPattern("n1\\.sipring\\.test\\. .*127\\.0\\.0\\.11")
                .containsPattern("n2\\.sipring\\.test\\. .*127\\.0\\.0\\.12");
    }

    @Test
    @Order(3)
    void statusAsksTheNodeWhoseIdentityItIsGiven() throws IOException {
        String second = demo.dir().resolve("nodes/n2").toString();
        assertThat(new ObjectMapper()
                        .readTree(Command.sipring(LIMIT, "status", "--json", "--identity", second)
                                .succeeded()
                                .output())
                        .path("node")
                        .asText())
                .isEqualTo("n2");
    }

    @Test
    @Order(4)
    void aNewNodeIsInDnsSecondsAfterItIsReadyAndItsStatusIsAskedWhereItsSettingsSay() throws IOException {
        try (Stranger n4 = newNode()) {
            Stopwatch.until("n4 is ready", Duration.ofSeconds(60), CommandsTest::ready);
            Duration took = Stopwatch.until("DNS names n4", Duration.ofSeconds(20), CommandsTest::inDns);
            System.out.printf("MEASURED first /readyz 200 of a new node until in DNS: %d ms%n", took.toMillis());
            // Half a second where nothing else runs.
            assertThat(took).isLessThan(Duration.ofSeconds(15));
            assertThat(Command.sipring(
                                    LIMIT, "status", "--identity", identity.toString(), "--config", config.toString())
                            .succeeded()
                            .output())
                    .contains("as n4 sees it")
                    .containsPattern("n4 +127.0.0.14 +ready +proxy ");
            assertThat(verified()).isTrue();
            assertThat(n4.console()).contains("n4 is in service");
            // The third node, but no store: there are two who could keep it.
            assertThat(demo.status("n1").path("store").path("keptBy")).hasSize(1);
        }
    }

    @Test
    @Order(5)
    void dnsVerifyFailsWhileAForeignRecordStandsInThePlaceOfOurs() {
        Awaitility.await("DNS forgets n4").atMost(LIMIT).until(() -> address().isEmpty());
        nameServer.update("update add n4.sipring.test. 300 A 192.0.2.14");
        try (Stranger n4 = newNode()) {
            Stopwatch.until("n4 is ready", Duration.ofSeconds(60), CommandsTest::ready);
            Awaitility.await("n4 to be a target").atMost(LIMIT).until(() -> Dns.targets("_sip._udp.sipring.test")
                    .contains("n4.sipring.test."));
            Command foreign = dns("verify");
            assertThat(foreign.exit()).as(foreign.output()).isEqualTo(1);
            assertThat(foreign.output()).contains("n4.sipring.test. A was not made by Sipring: delete it");
            assertThat(address()).containsExactly("192.0.2.14");
            nameServer.update("update delete n4.sipring.test. A");
            Awaitility.await("the zone to be right again")
                    .atMost(Duration.ofSeconds(60))
                    .until(this::verified);
            assertThat(address()).containsExactly("127.0.0.14");
            assertThat(n4.console()).contains("n4 is in service");
        }
    }

    private boolean verified() {
        return dns("verify").exit() == 0;
    }

    private Command dns(String question) {
        return Command.sipring(LIMIT, "dns", question, "--dir", demo.dir().toString());
    }

    private Stranger newNode() {
        return new Stranger(identity, config);
    }

    private static List<String> address() {
        return Dns.query("n4.sipring.test", "A");
    }

    private static boolean ready() {
        try {
            return new Pages().get("127.0.0.14:" + PORT, "/readyz").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static boolean inDns() {
        String target = "n4.sipring.test.";
        return List.of("_sip._udp", "_sip._tcp", "_sip._udp.n1.edge").stream()
                        .allMatch(name -> Dns.targets(name + ".sipring.test").contains(target))
                && Dns.query("proxy.sipring.test", "A").contains("127.0.0.14")
                && Dns.query(target, "A").contains("127.0.0.14");
    }
}
