package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.phone.Dialog;
import org.sipring.app.phone.Phone;
import org.sipring.sip.SipMessage;

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
                gone.add(kill(demo, victim, round % 4 < 2));
                back.add(revive(demo, victim));
            }
        }
        print("kill -9 until gone from DNS", gone);
        print("first /readyz 200 until in DNS", back);
        // The worst of them tells what else the machine did; fifteen and twenty seconds are the end of those.
        assertThat(median(gone)).isLessThan(Duration.ofSeconds(3));
        assertThat(median(back)).isLessThan(Duration.ofSeconds(5));
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static Duration kill(DemoRun demo, String victim, boolean callerHangsUp) {
        Handsets handsets = new Handsets(demo);
        String survivor =
                NODES.stream().filter(n -> !n.equals(victim)).findFirst().orElseThrow();
        try (Phone alice = handsets.registered("alice", survivor);
                Phone bob = handsets.registered("bob", victim);
                Phone carol = handsets.registered("carol", survivor)) {
            Awaitility.await("soft state is safe")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> demo.status().path("tableSafe").asBoolean());
            Handsets.Call through = through(handsets, handsets.call(alice, "bob", bob, victim), victim);
            demo.signal(victim, "KILL");
            // Long before the platform or DNS has noticed: the phone finds out by itself that its first target is dead.
            CompletableFuture<Void> ending =
                    CompletableFuture.runAsync(() -> handsets.end(callerHangsUp ? through : through.reversed()));
            Duration gone = Stopwatch.until(
                    "DNS forgets " + victim, Duration.ofSeconds(15), () -> !Places.anyNames(demo, victim));
            ending.join();
            handsets.end(handsets.call(carol, "bob", bob, survivor));
            return gone;
        }
    }

    /** Both sides have resolved where their next request goes: to the node itself, and to others if it is dead. */
    private static Handsets.Call through(Handsets handsets, Handsets.Call call, String node) {
        for (Dialog side : List.of(call.callers(), call.callees())) {
            assertThat(handsets.targets(side)).hasSizeGreaterThan(1).startsWith(handsets.proxy(node));
        }
        return call;
    }

    private static Duration revive(DemoRun demo, String node) {
        demo.startNode(node);
        Stopwatch.until(node + " is ready", Duration.ofSeconds(60), () -> demo.ready(node));
        return Stopwatch.until("DNS names " + node, Duration.ofSeconds(20), () -> Places.allName(demo, node));
    }

    @Test
    void aHungNodeIsGoneWithinTenSecondsAndComesBackByItself() {
        try (DemoRun demo = DemoRun.start(dir)) {
            String manager = demo.status().path("manager").asText();
            String other =
                    NODES.stream().filter(n -> !n.equals(manager)).findFirst().orElseThrow();
            hang(demo, other, "a node that is not the manager");
            // Still the manager: the one that hung was not.
            hang(demo, manager, "the manager");
        }
    }

    private static void hang(DemoRun demo, String node, String what) {
        demo.signal(node, "STOP");
        Duration gone =
                Stopwatch.until("DNS forgets " + what, Duration.ofSeconds(20), () -> !Places.anyNames(demo, node));
        demo.signal(node, "CONT");
        print("SIGSTOP of " + what + " until gone from DNS", List.of(gone));
        assertThat(gone).isLessThan(Duration.ofSeconds(10));
        Stopwatch.until(
                "DNS names " + what + " again",
                Duration.ofSeconds(60),
                () -> demo.ready(node)
                        && Places.allName(demo, node)
                        && demo.status().path("members").size() == NODES.size());
    }

    @Test
    void allNodesKilledAndStartedAgainWithoutFlagsAreOnePlatformAgainThatReachesItsPhones() throws Exception {
        Files.writeString(dir.resolve("nodes.conf"), "sip.bindings-snapshot = 1s");
        try (DemoRun demo = DemoRun.start(dir)) {
            Handsets handsets = new Handsets(demo);
            try (Phone alice = handsets.phone("alice");
                    Phone bob = handsets.registered("bob", "n1");
                    Phone carol = handsets.registered("carol", "n2")) {
                // Each is on the disks of two nodes, or three when it has just moved.
                Stopwatch.until("snapshots of both", Duration.ofSeconds(20), () -> onDisks(demo) >= 4);
                assertThat(carol.register(handsets.proxy("n3"), Duration.ZERO).status())
                        .isEqualTo(200);
                Stopwatch.until("snapshots of one", Duration.ofSeconds(20), () -> onDisks(demo) == 2);
                killAllAndStartAgain(demo);
                handsets.end(handsets.call(alice, "bob", bob, "n3"));
                SipMessage toCarol = alice.startCall("sip:carol@sipring.test", handsets.proxy("n2"));
                assertThat(alice.outcome(toCarol, Duration.ofSeconds(12)).map(SipMessage::status))
                        .contains(480);
            }
        }
    }

    /** Bindings in the last snapshots of all nodes. */
    private static int onDisks(DemoRun demo) {
        Pages pages = new Pages();
        return (int) NODES.stream()
                .mapToDouble(node -> pages.value(demo.address(node) + ":9464", "sipring_bindings_snapshot_bindings"))
                .sum();
    }

    private static void killAllAndStartAgain(DemoRun demo) {
        String platform = demo.status().path("platform").asText();
        NODES.forEach(node -> demo.signal(node, "KILL"));
        long restarted = System.nanoTime();
        NODES.forEach(demo::startNode);
        // Three programs start at once on what processors other tests leave to them: how long that takes is told.
        Stopwatch.until("one platform of three", Duration.ofMinutes(3), () -> whole(demo, platform));
        Duration healed = Duration.ofNanos(System.nanoTime() - restarted);
        print("restart of all until one platform and a right zone", List.of(healed));
    }

    private static boolean whole(DemoRun demo, String platform) {
        return NODES.stream().allMatch(demo::ready)
                && demo.status().path("platform").asText().equals(platform)
                && demo.status().path("members").size() == NODES.size()
                && demo.zoneIsRight();
    }

    private static void print(String what, List<Duration> times) {
        System.out.printf(
                "MEASURED %s: median %d ms, worst %d ms of %d%n",
                what, median(times).toMillis(), Collections.max(times).toMillis(), times.size());
    }
}
