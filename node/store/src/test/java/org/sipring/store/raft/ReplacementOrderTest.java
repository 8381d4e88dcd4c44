package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.command.Key;
import org.sipring.store.group.GroupDocuments;
import org.sipring.store.group.ReplicaName;

/** Operators' orders to replace a replica, in groups that would wait ten minutes, and thirty seconds, without one. */
@Tag("acceptance")
@Timeout(60)
final class ReplacementOrderTest {
    private final TestPlatform platform;

    ReplacementOrderTest(@TempDir Path dir) throws Exception {
        platform = new TestPlatform(dir, GroupKeeper.Grace.USUAL);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
    }

    private GroupDocuments documents(String node) {
        return new GroupDocuments(platform.node(node).store());
    }

    private void order(String asked, ReplicaName replica) {
        await(documents(asked).replace(replica));
    }

    private ReplicaName replica(String node) {
        return platform.replica(node).self().name();
    }

    /** Until nothing is left to be done, and the store says who keeps it. */
    private void untilDone(String asked, String... keepers) throws InterruptedException {
        List<ReplicaName> wanted = List.of(keepers).stream().map(this::replica).toList();
        GroupDocuments documents = documents(asked);
        while (!documents.unwanted().isEmpty() || !documents.voters().equals(wanted)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean holds(String node, String key) {
        return platform.replica(node)
                .database()
                .flatMap(database -> database.get(new Key("accounts", key)))
                .isPresent();
    }

    @Test
    void oneThatIsDeadIsReplacedAtOnce() throws Exception {
        platform.start("n1", "n2", "n3");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.write("n1", "alice");
        platform.start("n4");
        ReplicaName dead = replica("n2");
        platform.kill("n2");

        order("n3", dead);
        platform.untilKeptBy("n1", "n3", "n4");
        untilDone("n4", "n1", "n3", "n4");
        platform.untilEqual("n1", "n3", "n4");

        assertThat(holds("n4", "alice")).isTrue();
    }

    @Test
    void theLeaderThatIsAliveGivesItsPlaceToAnother() throws Exception {
        platform.start("n1", "n2", "n3");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.start("n4");

        order("n2", replica("n1"));
        platform.untilKeptBy("n2", "n3", "n4");
        untilDone("n3", "n2", "n3", "n4");
        platform.write("n1", "bob");

        assertThat(holds("n2", "bob")).isTrue();
    }

    @Test
    void theOnlyOneOfTwoNodesMovesToTheOtherAndBack() throws Exception {
        platform.start("n1", "n2");
        platform.untilKeptBy("n1");
        platform.write("n1", "alice");

        order("n1", replica("n1"));
        platform.untilKeptBy("n2");
        untilDone("n2", "n2");
        platform.write("n1", "bob");
        assertThat(holds("n2", "alice")).isTrue();

        order("n2", replica("n2"));
        platform.untilKeptBy("n1");
        untilDone("n1", "n1");
        assertThat(holds("n1", "bob")).isTrue();
    }
}
