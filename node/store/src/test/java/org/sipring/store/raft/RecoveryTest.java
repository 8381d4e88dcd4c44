package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.store.command.Key;

/** What becomes of a group when most of its replicas are lost for good. */
@Tag("acceptance")
@Timeout(120)
final class RecoveryTest {
    private static final NodeId N3 = new NodeId("n3");

    private final TestPlatform platform;

    RecoveryTest(@TempDir Path dir) throws Exception {
        platform = new TestPlatform(dir);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
    }

    private void three() throws Exception {
        platform.start("n1", "n2", "n3");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.write("n1", "alice");
    }

    private boolean has(String node, String key) {
        return platform.replica(node)
                .database()
                .flatMap(database -> database.get(new Key("accounts", key)))
                .isPresent();
    }

    private long alone(String node) throws IOException {
        try (Recovery recovery = Recovery.open(platform.folder(node), new NodeId(node))) {
            recovery.alone(platform.address(node));
            return recovery.last();
        }
    }

    @Test
    void oneThatIsLeftGoesOnWithAllItHasAndTheGroupGrowsAgain() throws Exception {
        three();
        platform.untilEqual("n1", "n2", "n3");
        platform.kill("n1");
        platform.kill("n2");
        platform.kill("n3");
        try (Recovery recovery = Recovery.open(platform.folder("n3"), N3)) {
            assertThat(recovery.keepers()).extracting(NodeId::value).containsExactlyInAnyOrder("n1", "n2", "n3");
            assertThat(recovery.last()).isPositive();
            assertThatThrownBy(() -> Recovery.open(platform.folder("n3"), N3)).hasMessageContaining("runs");
            recovery.alone(platform.address("n3"));
        }
        platform.restart("n3");
        platform.write("n3", "bob");
        assertThat(platform.keepers()).containsExactly("n3");
        assertThat(has("n3", "alice")).isTrue();

        platform.restartEmpty("n1");
        platform.restartEmpty("n2");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.untilEqual("n1", "n2", "n3");
        assertThat(has("n2", "bob")).isTrue();
    }

    @Test
    void whoComesBackAfterAllBeginsAnew() throws Exception {
        three();
        platform.untilEqual("n1", "n2", "n3");
        for (String node : List.of("n1", "n2", "n3")) {
            platform.kill(node);
        }
        alone("n3");
        platform.restart("n3");
        platform.write("n3", "bob");
        platform.restart("n1");
        platform.restart("n2");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.untilEqual("n1", "n2", "n3");
        assertThat(has("n1", "bob")).isTrue();
    }

    @Test
    void aNodeThatRunsOrKeepsNothingIsRefused(@TempDir Path empty) throws Exception {
        platform.start("n1");
        platform.untilKeptBy("n1");
        assertThatThrownBy(() -> Recovery.open(platform.folder("n1"), new NodeId("n1")))
                .hasMessageContaining("the node runs");
        assertThatThrownBy(() -> Recovery.open(empty, N3)).hasMessageContaining("no replica of the store");
        Files.createDirectory(empty.resolve("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
        assertThatThrownBy(() -> Recovery.open(empty, N3)).hasMessageContaining("never been in a group");
    }
}
