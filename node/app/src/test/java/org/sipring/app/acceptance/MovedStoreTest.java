package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of two nodes one alone keeps what users have; it is moved before that node is taken away. */
@Tag("acceptance")
@Timeout(300)
final class MovedStoreTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path password;
    private final DemoRun demo;

    MovedStoreTest(@TempDir Path dir) throws IOException {
        password = Files.writeString(dir.resolve("password"), "open sesame");
        demo = DemoRun.start(dir.resolve("demo"), "--nodes", "2");
    }

    private Command sipring(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--dir", demo.dir().toString()));
        return Command.sipring(LIMIT, all.toArray(String[]::new));
    }

    private boolean keptBy(String asked, String keeper) {
        JsonNode store = demo.status(asked).path("store");
        return store.path("keptBy").size() == 1
                && store.path("keptBy").get(0).asText().equals(keeper)
                && store.path("replacing").isEmpty();
    }

    private boolean isAlarmed(String asked, String words) {
        return demo.status(asked).path("alarms").toString().contains(words);
    }

    @Test
    void theOtherNodeGoesOnAloneWithWhatHasBeenMovedToIt() {
        try (demo) {
            Awaitility.await("both to know who keeps it")
                    .atMost(LIMIT)
                    .until(() -> keptBy("n1", "n1") && keptBy("n2", "n1"));
            Awaitility.await("both to say how to move it")
                    .atMost(LIMIT)
                    .until(() -> isAlarmed("n1", "'sipring store replace n1'")
                            && isAlarmed("n2", "'sipring store replace n1'"));
            assertThat(sipring("status").output())
                    .contains("documents: kept by n1, led by n1", "ALARM: only n1 keeps", "sipring store replace n1");
            Command none = sipring("store", "replace", "n2");
            assertThat(none.exit()).isEqualTo(1);
            assertThat(none.output()).contains("n2 keeps none");
            sipring("account", "add", "dave@sipring.test", "--password-file", password.toString())
                    .succeeded();

            assertThat(sipring("store", "replace", "n1").succeeded().output()).contains("sipring status");
            Awaitility.await("n2 to keep it").atMost(LIMIT).until(() -> keptBy("n2", "n2") && keptBy("n1", "n2"));
            kill("n1");
            sipring("account", "set", "dave@sipring.test", "--name", "Dave").succeeded();
            assertThat(sipring("account", "list").succeeded().output()).contains("dave@sipring.test", "Dave");
        }
    }

    private void kill(String node) {
        ProcessHandle process = ProcessHandle.of(demo.pid(node)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }
}
