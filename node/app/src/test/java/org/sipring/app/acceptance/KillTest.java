package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.phone.Phone;

/** Nodes die and come back; the platform does not. */
@Tag("acceptance")
@Timeout(560)
final class KillTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final int ROUNDS = 10;

    @TempDir
    private Path dir = Path.of("");

    @Test
    void aKilledNodeIsGoneFromDnsInSecondsAndItsBindingsAndCallsLiveOn() {
        List<Duration> gone = new ArrayList<>();
        List<Duration> back = new ArrayList<>();
        try (DemoRun demo = DemoRun.start(dir)) {
            for (int round = 0; round < ROUNDS; round++) {
                // Every second victim is the manager of the moment.
                String victim = round % 2 == 0 ? demo.status().path("manager").asText() : NODES.get(round % 3);
                gone.add(kill(demo, victim));
                back.add(revive(demo, victim));
            }
        }
        print("kill -9 until gone from DNS", gone);
        print("first /readyz 200 until in DNS", back);
        assertThat(Collections.max(gone)).isLessThan(Duration.ofSeconds(3));
        assertThat(Collections.max(back)).isLessThan(Duration.ofSeconds(5));
    }

    private static Duration kill(DemoRun demo, String victim) {
        Handsets handsets = new Handsets(demo);
        String survivor =
                NODES.stream().filter(n -> !n.equals(victim)).findFirst().orElseThrow();
        try (Phone alice = handsets.registered("alice", survivor);
                Phone bob = handsets.registered("bob", victim);
                Phone carol = handsets.registered("carol", survivor)) {
            Awaitility.await("soft state is safe")
                    .until(() -> demo.status().path("tableSafe").asBoolean());
            Handsets.Call through = handsets.call(alice, "bob", bob, victim);
            demo.signal(victim, "KILL");
            Duration gone =
                    Stopwatch.until("DNS forgets " + victim, Duration.ofSeconds(15), () -> !inDns(demo, victim));
            handsets.end(through);
            handsets.end(handsets.call(carol, "bob", bob, survivor));
            return gone;
        }
    }

    private static Duration revive(DemoRun demo, String node) {
        demo.startNode(node);
        Stopwatch.until(node + " is ready", Duration.ofSeconds(60), () -> demo.ready(node));
        return Stopwatch.until("DNS names " + node, Duration.ofSeconds(20), () -> wholeInDns(demo, node));
    }

    /** Whether any name that leads phones to a node still does. */
    static boolean inDns(DemoRun demo, String node) {
        return places(demo, node).anyMatch(BooleanSupplier::getAsBoolean);
    }

    /** Whether all names that lead phones to a ready node do. */
    private static boolean wholeInDns(DemoRun demo, String node) {
        return places(demo, node).allMatch(BooleanSupplier::getAsBoolean);
    }

    /** Where a ready node is named: SRV for either transport, its role, its own address, and each node's edge. */
    private static Stream<BooleanSupplier> places(DemoRun demo, String node) {
        String target = node + ".sipring.test.";
        Stream<String> services = Stream.concat(
                Stream.of("_sip._udp.sipring.test", "_sip._tcp.sipring.test"),
                NODES.stream().map(each -> "_sip._udp." + each + ".edge.sipring.test"));
        return Stream.concat(
                services.map(name -> () -> Dns.targets(name).contains(target)),
                Stream.of(
                        () -> Dns.query("proxy.sipring.test", "A").contains(demo.address(node)),
                        () -> !Dns.query(target, "A").isEmpty()));
    }

    @Test
    void aHungNodeIsGoneWithinTenSecondsAndComesBackByItself() {
        try (DemoRun demo = DemoRun.start(dir)) {
            demo.signal("n2", "STOP");
            Duration gone = Stopwatch.until("DNS forgets n2", Duration.ofSeconds(20), () -> !inDns(demo, "n2"));
            demo.signal("n2", "CONT");
            print("SIGSTOP until gone from DNS", List.of(gone));
            assertThat(gone).isLessThan(Duration.ofSeconds(10));
            Stopwatch.until("DNS names n2 again", Duration.ofSeconds(60), () -> wholeInDns(demo, "n2"));
        }
    }

    @Test
    void allNodesKilledAndStartedAgainWithoutFlagsAreOnePlatformAgain() {
        try (DemoRun demo = DemoRun.start(dir)) {
            String platform = demo.status().path("platform").asText();
            NODES.forEach(node -> demo.signal(node, "KILL"));
            long restarted = System.nanoTime();
            NODES.forEach(demo::startNode);
            Stopwatch.until("one platform of three", Duration.ofSeconds(60), () -> whole(demo, platform));
            Duration healed = Duration.ofNanos(System.nanoTime() - restarted);
            print("restart of all until one platform and a right zone", List.of(healed));
            assertThat(healed).isLessThan(Duration.ofSeconds(30));
        }
    }

    private static boolean whole(DemoRun demo, String platform) {
        return NODES.stream().allMatch(demo::ready)
                && demo.status().path("platform").asText().equals(platform)
                && demo.status().path("members").size() == NODES.size()
                && Command.sipring(
                                        Duration.ofSeconds(20),
                                        "dns",
                                        "verify",
                                        "--dir",
                                        demo.dir().toString())
                                .exit()
                        == 0;
    }

    private static void print(String what, List<Duration> times) {
        List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
        System.out.printf(
                "MEASURED %s: median %d ms, worst %d ms of %d%n",
                what, sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1), sorted.size());
    }
}
