package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.sip.SipMessage;

/** Those who guess passwords and those who send too much, at two real nodes; and fail2ban, which reads their log. */
@Tag("acceptance")
@Timeout(200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DefenceTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ALLOWED = "127.0.0.77";
    private static final int BAN_AFTER = 3;

    private final Path dir;
    private DemoRun demo;

    DefenceTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @BeforeAll
    void start() throws IOException {
        Path platform = Files.createDirectories(dir.resolve("demo"));
        Files.write(
                platform.resolve("nodes.conf"),
                List.of(
                        "sip.defence.allow = [ " + ALLOWED + " ]",
                        "sip.defence.rate = 10",
                        "sip.defence.burst = 20",
                        "sip.defence.ban-after = " + BAN_AFTER,
                        "sip.defence.ban-time = 12s"));
        demo = DemoRun.start(platform, "--nodes", "2");
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    private String n1() {
        return demo.address("n1");
    }

    private String n2() {
        return demo.address("n2");
    }

    @Test
    void whoGuessesAtOneNodeIsRefusedAtTheOtherUntilTheBanEndsAndFail2banReadsWhoItWas() throws IOException {
        try (Knocker knocker = new Knocker("127.0.0.66");
                Knocker neighbour = new Knocker("127.0.0.67")) {
            assertThat(knocker.isHeardByTcp(n2())).isTrue();
            for (int i = 0; i < BAN_AFTER; i++) {
                assertThat(knocker.guess(n1(), "guess-" + i)).isEqualTo(401);
            }
            Stopwatch.until("the ban to reach n2", LIMIT, () -> !knocker.isHeardByUdp(n2()));
            assertThat(knocker.isHeardByTcp(n2())).isFalse();
            assertThat(knocker.isHeardByUdp(n1())).isFalse();
            assertThat(knocker.isHeardByTcp(n1())).isFalse();
            assertThat(neighbour.isHeardByUdp(n2())).isTrue();
            JsonNode bans = demo.status("n2").path("bans");
            assertThat(bans.path("count").asInt()).isEqualTo(1);
            assertThat(bans.path("listed").get(0).path("source").asText()).isEqualTo("127.0.0.66");
            Stopwatch.until("the ban to end", LIMIT, () -> knocker.isHeardByUdp(n2()));
            assertThat(knocker.isHeardByTcp(n1())).isTrue();
        }
        assertThat(found("n1")).containsExactly("127.0.0.66", "127.0.0.66", "127.0.0.66", "127.0.0.66");
        assertThat(found("n2")).containsExactly("127.0.0.66");
    }

    @Test
    void anOperatorBansANetworkAtOneNodeForAllAndTakesItBackAtTheOther() {
        try (Knocker knocker = new Knocker("127.0.9.70")) {
            assertThat(knocker.isHeardByTcp(n1())).isTrue();
            assertThat(ban("n1", "add", "127.0.9.0/24", "--for", "2h", "--reason", "dials & dials: 1+1")
                            .succeeded()
                            .output())
                    .startsWith("127.0.9.0/24 is banned until ");
            Stopwatch.until("the ban to reach n2", LIMIT, () -> !knocker.isHeardByUdp(n2()));
            assertThat(knocker.isHeardByTcp(n1())).isFalse();
            assertThat(ban("n2", "list").succeeded().output())
                    .containsPattern("banned: 127\\.0\\.9\\.0/24 until \\S+Z, operator: dials & dials: 1\\+1");
            assertThat(ban("n2", "remove", "127.0.9.0/24").succeeded().output())
                    .isEqualToIgnoringNewLines("127.0.9.0/24 is heard again");
            Stopwatch.until("the removal to reach n1", LIMIT, () -> knocker.isHeardByUdp(n1()));
            assertThat(knocker.isHeardByTcp(n2())).isTrue();
        }
    }

    @Test
    void whatAnOperatorCannotMeanIsSaidToBeAndNobodyElseMayBan() {
        refused(ban("n1", "add", "nonsense"), "'nonsense' is no address or network of senders");
        refused(ban("n1", "add", ALLOWED), "it is in sip.defence.allow");
        refused(ban("n1", "add", n2()), "node n2 is there");
        refused(ban("n1", "add", "192.0.2.1", "--for", "soon"), "--for soon: write such as 90s, 15m, 2h or 7d");
        refused(ban("n1", "remove", "192.0.2.1"), "192.0.2.1 is not banned");
        Path key = identity("n1").resolve("data/control.key");
        assertThat(key).content().hasSize(64);
        try {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            String right = Files.readString(key);
            Files.writeString(key, "wrong");
            refused(ban("n1", "add", "192.0.2.1"), "show what control.key in the node's data folder says");
            Files.delete(key);
            refused(ban("n1", "add", "192.0.2.1"), "control.key is not there");
            Files.writeString(key, right);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refused(Command command, String why) {
        assertThat(command.exit()).as(command.output()).isEqualTo(1);
        assertThat(command.output()).contains(why).doesNotContain("Exception");
    }

    private Path identity(String node) {
        return demo.dir().resolve("nodes").resolve(node);
    }

    private Command ban(String node, String... words) {
        return Command.sipring(
                LIMIT,
                Stream.of(
                                Stream.of("ban"),
                                Arrays.stream(words),
                                Stream.of("--identity", identity(node).toString()))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    /** Whom fail2ban finds in a node's log by the documented filter: once for each wrong proof and for each ban. */
    private List<String> found(String node) throws IOException {
        Path filter = Files.write(dir.resolve("sipring.conf"), documentedFilter());
        return Command.run(
                        LIMIT,
                        "fail2ban-regex",
                        "-o",
                        "ip",
                        demo.dir().resolve("logs").resolve(node + ".log").toString(),
                        filter.toString())
                .succeeded()
                .output()
                .lines()
                .filter(ip -> !ip.equals(ALLOWED) && !ip.startsWith("127.0.9."))
                .toList();
    }

    private static List<String> documentedFilter() throws IOException {
        Stream<String> example = Files.readAllLines(Command.ROOT.resolve("docs/operations.md")).stream()
                .dropWhile(line -> !line.strip().equals("[Definition]"))
                .takeWhile(line -> !line.isBlank());
        return example.map(line -> line.substring(4)).toList();
    }

    @Test
    void whoIsAllowedIsNeverBanned() {
        try (Knocker knocker = new Knocker(ALLOWED)) {
            for (int i = 0; i < 3 * BAN_AFTER; i++) {
                assertThat(knocker.guess(n1(), "guess-" + i)).isEqualTo(401);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(knocker.isHeardByUdp(n1())).isTrue();
                assertThat(knocker.isHeardByUdp(n2())).isTrue();
            }
        }
    }

    @Test
    void aFloodIsToldToComeBackAndThenNothingAndOthersAreServed() {
        try (Knocker knocker = new Knocker("127.0.0.68");
                Knocker neighbour = new Knocker("127.0.0.69")) {
            for (int i = 0; i < 500; i++) {
                knocker.send(n1(), knocker.request("OPTIONS"));
            }
            assertThat(neighbour.isHeardByUdp(n1())).isTrue();
            int served = 0;
            int refused = 0;
            for (Optional<SipMessage> next = knocker.hear(); next.isPresent(); next = knocker.hear()) {
                served += next.get().status() == 200 ? 1 : 0;
                refused += next.get().header("Retry-After").isPresent() ? 1 : 0;
            }
            assertThat(served).isBetween(20, 60);
            assertThat(refused).isBetween(20, 60);
            assertThat(knocker.isHeardByUdp(n1())).as("after a rest").isTrue();
            assertThat(knocker.isHeardByTcp(n1())).isTrue();
        }
    }
}
