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
    // The first node would found a group of its own on an empty disk here; in a platform a note on that disk decides.
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N3 = new NodeId("n3");

    private final TestPlatform platform;

    RecoveryTest(@TempDir Path dir) throws Exception {
        platform = new TestPlatform(dir);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
    }

    /** Three replicas that have the same, and do not run any more. */
    private void threeThatEnd() throws Exception {
        platform.start("n1", "n2", "n3");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.write("n1", "alice");
        platform.untilEqual("n1", "n2", "n3");
        for (String node : List.of("n1", "n2", "n3")) {
            platform.kill(node);
        }
    }

    private boolean has(String node, String key) {
        return platform.replica(node)
                .database()
                .flatMap(database -> database.get(new Key("accounts", key)))
                .isPresent();
    }

    @Test
    void oneThatIsLeftGoesOnWithAllItHasAndTheGroupGrowsAgain() throws Exception {
        threeThatEnd();
        try (Recovery recovery = Recovery.open(platform.folder("n1"), N1)) {
            assertThat(recovery.keepers()).extracting(NodeId::value).containsExactlyInAnyOrder("n1", "n2", "n3");
            assertThat(recovery.last()).isPositive();
            assertThatThrownBy(() -> Recovery.open(platform.folder("n1"), N1)).hasMessageContaining("runs");
            recovery.alone(platform.address("n1"));
        }
        platform.restart("n1");
        platform.write("n1", "bob");
        assertThat(platform.keepers()).containsExactly("n1");
        assertThat(has("n1", "alice")).isTrue();

        platform.restartEmpty("n2");
        platform.restartEmpty("n3");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.untilEqual("n1", "n2", "n3");
        assertThat(has("n2", "bob")).isTrue();
    }

    @Test
    void whoComesBackAfterAllBeginsAnew() throws Exception {
        threeThatEnd();
        try (Recovery recovery = Recovery.open(platform.folder("n3"), N3)) {
            recovery.alone(platform.address("n3"));
        }
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
        assertThatThrownBy(() -> Recovery.open(platform.folder("n1"), N1)).hasMessageContaining("the node runs");
        assertThatThrownBy(() -> Recovery.open(empty, N3)).hasMessageContaining("no replica of the store");
        Files.createDirectory(empty.resolve("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
        assertThatThrownBy(() -> Recovery.open(empty, N3)).hasMessageContaining("never been in a group");
    }
}
