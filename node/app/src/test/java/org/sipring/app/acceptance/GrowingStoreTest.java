package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.phone.PhoneAccount;

/** From one replica to three to five, as nodes come, and back to three when two are removed for good: nobody gives a command. */
@Tag("acceptance")
@Timeout(600)
final class GrowingStoreTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String PASSWORD = "open sesame";
    private static final Pattern KEPT = Pattern.compile("the store is kept by \\[([^]]*)]");

    private final Path password;
    private final DemoRun demo;
    private final List<String> running = new ArrayList<>(
            IntStream.rangeClosed(1, 7).mapToObj(number -> "n" + number).toList());

    GrowingStoreTest(@TempDir Path dir) throws IOException {
        password = Files.writeString(dir.resolve("password"), PASSWORD);
        demo = DemoRun.start(dir.resolve("demo"), "--nodes", "7");
    }

    @Test
    void fiveOfSevenNodesKeepTheUsersAndThreeWhenTwoAreRemovedForGood() throws IOException {
        try (demo) {
            List<String> five = keptBy(5);
            assertThat(sizes()).contains(3, 5);
            add("dave");
            String leader = leader(five.get(0)).orElseThrow();
            String follower = five.stream()
                    .filter(node -> !node.equals(leader))
                    .findFirst()
                    .orElseThrow();

            removeForGood(leader);
            removeForGood(follower);

            List<String> left = new ArrayList<>(five);
            left.removeAll(List.of(leader, follower));
            assertThat(keptBy(3)).containsExactlyInAnyOrderElementsOf(left);
            add("erin");
            registersEverywhere("dave");
            registersEverywhere("erin");
        }
    }

    /** Until all nodes that run name so many of them as keepers of the documents, and all keepers say who leads. */
    private List<String> keptBy(int replicas) {
        Awaitility.await(replicas + " nodes to keep the accounts").atMost(LIMIT).until(() -> running.stream()
                .allMatch(node -> demo.ready(node) && isKept(keepers(node), replicas)));
        return keepers(running.get(0));
    }

    private boolean isKept(List<String> keepers, int replicas) {
        return keepers.size() == replicas
                && running.containsAll(keepers)
                && keepers.stream()
                        .allMatch(keeper ->
                                leader(keeper).filter(keepers::contains).isPresent());
    }

    private List<String> keepers(String asked) {
        List<String> keepers = new ArrayList<>();
        store(asked).path("keptBy").forEach(keeper -> keepers.add(keeper.asText()));
        return keepers;
    }

    private Optional<String> leader(String asked) {
        return Optional.ofNullable(store(asked).path("leader").asText(null));
    }

    private JsonNode store(String asked) {
        return demo.status(asked).path("store");
    }

    /** How many kept it, step by step, as those who led have logged. */
    private Set<Integer> sizes() {
        Set<Integer> sizes = new TreeSet<>();
        for (String node : running) {
            KEPT.matcher(demo.log(node))
                    .results()
                    .map(kept -> kept.group(1).split(",", -1).length)
                    .forEach(sizes::add);
        }
        return sizes;
    }

    /** As operators do with a machine that is lost: its certificate is revoked, which one of the others is told. */
    private void removeForGood(String node) throws IOException {
        running.remove(node);
        ProcessHandle process = ProcessHandle.of(demo.pid(node)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        Path ca = demo.dir().resolve("ca");
        Command.sipring(LIMIT, "ca", "revoke", node, "--ca", ca.toString()).succeeded();
        Path told = demo.dir().resolve("nodes").resolve(running.get(0)).resolve("crl.pem");
        Files.copy(ca.resolve("crl.pem"), told, StandardCopyOption.REPLACE_EXISTING);
    }

    private void add(String user) {
        String address = user + "@sipring.test";
        String dir = demo.dir().toString();
        Command.sipring(LIMIT, "account", "add", address, "--password-file", password.toString(), "--dir", dir)
                .succeeded();
    }

    private void registersEverywhere(String user) {
        Handsets handsets = new Handsets(demo);
        PhoneAccount account = new PhoneAccount(user, "sipring.test", PASSWORD);
        running.forEach(node -> handsets.registered(account, node).close());
    }
}
