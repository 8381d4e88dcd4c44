package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.app.phone.Phone;
import org.sipring.sip.SipMessage;

/** Mistakes, mishaps and malice: the platform says what is wrong, serves on, and is right again by itself. */
@Tag("acceptance")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BadInputTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    // Two to four seconds where nothing else runs: one try that ends in its limit, a pause, and one that succeeds.
    private static final Duration RIGHT_AGAIN = Duration.ofSeconds(15);
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final long SEED = 20_261;

    private final Path dir;
    private final DemoRun demo;
    private final NameServer nameServer;
    private final Handsets handsets;
    private final Phone carol;
    private final Pages pages = new Pages();

    BadInputTest(@TempDir Path dir) {
        this.dir = dir;
        this.demo = DemoRun.start(dir.resolve("demo"));
        this.nameServer = new NameServer(demo);
        this.handsets = new Handsets(demo);
        this.carol = handsets.phone("carol");
    }

    @AfterAll
    void stop() {
        carol.close();
        demo.close();
        nameServer.close();
    }

    @Test
    @Order(1)
    void aWrongConfigurationListsAllMistakesWithKeyFileAndLine() throws IOException {
        Path config = Files.write(
                dir.resolve("bad.conf"),
                List.of(
                        "node.weight = 0",
                        "node.roles = [proxy, juggler]",
                        "sip.port = seventy",
                        "sip.record-route = nowhere",
                        "sip.colour = red",
                        "dns.ttl = 2h",
                        "dns.primary = \"a:b:c\"",
                        "dns.tsig-file = missing.key",
                        "overlay.port = 9464"));
        String identity = demo.dir().resolve("nodes/n1").toString();
        Command node = Command.sipring(LIMIT, "node", "--identity", identity, "--config", config.toString());
        assertThat(node.exit()).as(node.output()).isEqualTo(1);
        List<String> keys = List.of(
                "node.weight",
                "node.roles",
                "sip.port",
                "sip.record-route",
                "sip.colour",
                "dns.ttl",
                "dns.primary",
                "dns.tsig-file");
        for (int i = 0; i < keys.size(); i++) {
            assertThat(node.output()).contains(keys.get(i) + " (" + config + ":" + (i + 1) + "): ");
        }
        assertThat(node.output()).contains("9464 is the port of http.port too").doesNotContain("\tat ");
    }

    @Test
    @Order(2)
    void hostileBytesAtEveryOpenPortDisturbNobody() {
        Set<Long> processes = new HashSet<>(List.of(nameServer.pid()));
        NODES.forEach(node -> processes.add(demo.pid(node)));
        Set<Hostility.Port> ports = Hostility.ports(processes);
        assertThat(ports)
                .as("5060 twice, 5061, 4080, 4443, 5066, 7600, 7610, 9443 and 9464 of each node, and 5300 twice")
                .hasSize(NODES.size() * 10 + 2);
        Hostility hostility = new Hostility(SEED);
        ports.parallelStream().forEach(hostility::show);
        everythingAnswers();
        for (String node : NODES) {
            assertThat(demo.log(node)).doesNotContain("OutOfMemoryError", "StackOverflowError");
        }
    }

    private void everythingAnswers() {
        assertThat(NODES).allMatch(demo::ready);
        assertThat(demo.status().path("members")).hasSize(NODES.size());
        NODES.forEach(this::registers);
        assertThat(NODES).allMatch(node -> inDns(node));
        try (Phone alice = handsets.registered("alice", "n1");
                Phone bob = handsets.registered("bob", "n2")) {
            handsets.end(handsets.call(alice, "bob", bob, "n3"));
        }
    }

    // One phone, so that the address-of-record has one Contact however often it registers.
    private boolean registers(String node) {
        try {
            SipMessage response = carol.register(handsets.proxy(node), Duration.ofMinutes(10));
            assertThat(response.status()).as(response.toString()).isEqualTo(200);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "the name server {0}")
    @ValueSource(strings = {"hangs", "is dead"})
    @Order(3)
    void aNameServerAwayFor40SecondsStopsNobody(String how) {
        if (how.equals("hangs")) {
            nameServer.signal("STOP");
            fortySecondsOfServiceWithoutDns();
            nameServer.signal("CONT");
        } else {
            // Unlike one that hangs, whose questions run into a timeout, this one refuses each connection at once.
            nameServer.kill();
            fortySecondsOfServiceWithoutDns();
            nameServer.start(nameServer.key());
        }
        withoutN3("the name server that " + how + " came back until the zone was right");
        quiet("name_server_down");
        restore("n3");
    }

    private void fortySecondsOfServiceWithoutDns() {
        demo.signal("n3", "KILL");
        Awaitility.await("the members to notice")
                .atMost(LIMIT)
                .until(() -> demo.status().path("members").size() == 2
                        && demo.status().path("tableSafe").asBoolean());
        Awaitility.await("40 s of service without DNS")
                .during(Duration.ofSeconds(40))
                .atMost(Duration.ofSeconds(50))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> registers("n1") && registers("n2"));
        alarmed("name_server_down", "no usable answer from the primary name server");
    }

    /** DNS forgets n3 in time, keeps the others, and is then as planned in every record. */
    private void withoutN3(String what) {
        Duration right =
                Stopwatch.until("DNS forgets n3", LIMIT, () -> !Places.anyNames(demo, "n3") && inDns("n1", "n2"));
        System.out.printf("MEASURED %s: %d ms%n", what, right.toMillis());
        assertThat(right).isLessThan(RIGHT_AGAIN);
        Stopwatch.until("sipring dns verify finds all right", LIMIT, demo::zoneIsRight);
    }

    @Test
    @Order(4)
    void nodesStartAndServeWithoutTheNameServer() {
        nameServer.kill();
        NODES.forEach(node -> demo.signal(node, "KILL"));
        demo.startNode("n1");
        demo.startNode("n2");
        Awaitility.await("two of three are the platform again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> demo.ready("n1") && demo.ready("n2"));
        assertThat(registers("n1") && registers("n2")).isTrue();
        alarmed("name_server_down", "no usable answer from the primary name server");
        nameServer.start(nameServer.key());
        withoutN3("the name server started until the zone was right");
        restore("n3");
    }

    @Test
    @Order(5)
    void aWrongKeyIsAnAlarm() throws IOException {
        Path wrong = Files.writeString(
                demo.dir().resolve("dns/wrong.key"),
                Files.readString(nameServer.key())
                        .replaceAll(
                                "secret \"[^\"]*\"", "secret \"d3JvbmcgaW4gZXZlcnkgd2F5LCBidXQgbG9uZyBlbm91Z2g=\""));
        Files.setPosixFilePermissions(wrong, Files.getPosixFilePermissions(nameServer.key()));
        nameServer.kill();
        nameServer.start(wrong);
        alarmed("wrong_key", "the primary name server rejects our TSIG signature");
        nameServer.kill();
        nameServer.start(nameServer.key());
        quiet("wrong_key");
        everythingAnswers();
    }

    @Test
    @Order(6)
    void aForeignRrsetInOurPlaceIsAnAlarmAndStaysUntouched() {
        demo.signal("n3", "KILL");
        Stopwatch.until("DNS forgets n3", LIMIT, () -> !Places.anyNames(demo, "n3"));
        nameServer.update("update add n3.sipring.test. 3600 A 192.0.2.66");
        demo.startNode("n3");
        Stopwatch.until("n3 is ready", Duration.ofSeconds(60), () -> demo.ready("n3"));
        alarmed("foreign_rrset", "records that Sipring did not create are in its place and are left alone");
        assertThat(Dns.query("n3.sipring.test", "A")).containsExactly("192.0.2.66");
        nameServer.update("update delete n3.sipring.test. A");
        quiet("foreign_rrset");
        Stopwatch.until(
                "DNS names n3", LIMIT, () -> Dns.query("n3.sipring.test", "A").equals(List.of("127.0.0.13")));
    }

    @Test
    @Order(7)
    void aMissingEpochIsAnAlarmAndIsWrittenAnew() {
        nameServer.update("update delete _sipring-epoch.sipring.test. TXT");
        alarmed("fence_lost", "the fence in DNS was deleted or is older than it once was");
        assertThat(Dns.query("_sipring-epoch.sipring.test", "TXT")).hasSize(1);
        everythingAnswers();
    }

    /** An alarm is in the log, among the metrics and in the status. */
    private void alarmed(String kind, String words) {
        Awaitility.await(kind)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    String manager = demo.status().path("manager").asText();
                    assertThat(pages.shows(demo.address(manager) + ":9464", sample(kind), 1))
                            .isTrue();
                    assertThat(demo.log(manager)).contains("DNS: " + words);
                    assertThat(Command.sipring(
                                            LIMIT, "status", "--dir", demo.dir().toString())
                                    .succeeded()
                                    .output())
                            .contains("ALARM: " + words);
                    assertThat(demo.status().path("dns").path("alarms").toString())
                            .contains(words);
                });
    }

    private void quiet(String kind) {
        Awaitility.await(kind + " is over")
                .atMost(LIMIT.multipliedBy(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> NODES.stream()
                        .filter(demo::ready)
                        .allMatch(node -> pages.shows(demo.address(node) + ":9464", sample(kind), 0)));
    }

    private static String sample(String kind) {
        return "sipring_dns_alarm{kind=\"" + kind + "\"}";
    }

    private boolean inDns(String... nodes) {
        return List.of(nodes).stream().allMatch(node -> Places.allName(demo, node));
    }

    private void restore(String node) {
        demo.startNode(node);
        Stopwatch.until(node + " is ready", Duration.ofSeconds(60), () -> demo.ready(node));
        Stopwatch.until("DNS names " + node, LIMIT, () -> inDns(node));
    }
}
