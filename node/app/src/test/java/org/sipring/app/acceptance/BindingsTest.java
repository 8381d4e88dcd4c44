package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node has acknowledged with 200 outlives that node, and any other: the phones can still be called. */
@Tag("acceptance")
@Timeout(300)
final class BindingsTest {
    private static final List<String> NODES = List.of("n1", "n2", "n3");

    private static final int EACH = 30;
    private static final int RATE = 30;
    private static final Duration REGISTERING = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path dir = Path.of("");

    private final List<Integer> acknowledged = new ArrayList<>();
    private int users;

    @Test
    void everyAcknowledgedBindingIsReachedThroughTheSurvivorsWhicheverNodeDies() throws Exception {
        Users.write(dir, EACH * NODES.size() * (1 + NODES.size()) + 1);
        try (DemoRun demo = DemoRun.start(dir)) {
            Sipp sipp = new Sipp(dir, Users.DOMAIN);
            String phones = Sipp.free("127.0.0.1");
            Process answering = sipp.answer(phones);
            try {
                acknowledged.addAll(outcome(register(demo, sipp, phones)));
                assertThat(acknowledged).hasSize(EACH * NODES.size());
                Set<String> left = new TreeSet<>(NODES);
                while (!left.isEmpty()) {
                    String victim = victim(demo, left);
                    left.remove(victim);
                    round(demo, sipp, phones, victim);
                    demo.startNode(victim);
                }
            } finally {
                answering.destroyForcibly().waitFor();
            }
        }
    }

    /** The manager, one that is not, and the last, who is the manager by then. */
    private static String victim(DemoRun demo, Set<String> left) {
        awaitSafe(demo);
        String manager = demo.status("n1").path("manager").asText();
        return left.stream()
                .filter(node -> node.equals(manager) == (left.size() != 2))
                .findFirst()
                .orElseThrow();
    }

    private void round(DemoRun demo, Sipp sipp, String phones, String victim) throws InterruptedException {
        List<Sipp.Running> registering = register(demo, sipp, phones);
        Sipp.Running atVictim = registering.get(NODES.indexOf(victim));
        Stopwatch.until(
                victim + " acknowledges", LIMIT, () -> !atVictim.logged().isEmpty());
        demo.signal(victim, "KILL");
        callAll(demo, sipp, victim, acknowledged);
        List<Integer> meanwhile = outcome(registering);
        callAll(demo, sipp, victim, meanwhile);
        System.out.printf(
                "MEASURED bindings called through both survivors of %s: %d settled, %d acknowledged around its end%n",
                victim, acknowledged.size(), meanwhile.size());
        acknowledged.addAll(meanwhile);
    }

    private static void awaitSafe(DemoRun demo) {
        Stopwatch.until("three ready nodes and safe tables", LIMIT, () -> NODES.stream()
                .allMatch(node -> demo.ready(node) && demo.safe(node, NODES.size())));
    }

    /** Begins to register new users at every node; the runs are in the order of the nodes. */
    private List<Sipp.Running> register(DemoRun demo, Sipp sipp, String phones) {
        List<Sipp.Running> running = new ArrayList<>();
        for (String node : NODES) {
            List<String> rows = IntStream.range(users, users + EACH)
                    .mapToObj(n -> Users.name(n) + ";" + Users.credentials(n))
                    .toList();
            users += EACH;
            Sipp.Run run = new Sipp.Run("register", proxy(demo, node), rows, phones);
            running.add(sipp.begin(run, RATE, REGISTERING));
        }
        return running;
    }

    /** Waits for the end and returns those who were told 200; what the others were told binds nobody. */
    private static List<Integer> outcome(List<Sipp.Running> registering) throws InterruptedException {
        List<Integer> told = new ArrayList<>();
        for (Sipp.Running running : registering) {
            running.process().waitFor();
            running.logged().forEach(user -> told.add(Integer.parseInt(user.substring(1))));
        }
        return told;
    }

    private static void callAll(DemoRun demo, Sipp sipp, String dead, List<Integer> callees) {
        List<String> rows = callees.stream()
                .map(n -> Users.name(n + 1) + ";" + Users.credentials(n + 1) + ";" + Users.name(n))
                .toList();
        List<Sipp.Run> runs = NODES.stream()
                .filter(node -> !node.equals(dead))
                .map(node -> new Sipp.Run("caller", proxy(demo, node), rows, ""))
                .toList();
        Map<String, Command> ended =
                runs.parallelStream().collect(Collectors.toConcurrentMap(Sipp.Run::target, sipp::play));
        ended.forEach((proxy, command) -> assertThat(command.exit())
                .as("calls through %s after the end of %s:%n%s", proxy, dead, command.output())
                .isZero());
    }

    private static String proxy(DemoRun demo, String node) {
        return demo.address(node) + ":5060";
    }
}
