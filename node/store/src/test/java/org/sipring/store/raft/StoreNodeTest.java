package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.command.Key;
import org.sipring.store.group.ReplicaName;

/** Groups that grow, are repaired and become smaller without anybody's command. */
@Tag("acceptance")
@Timeout(120)
final class StoreNodeTest {
    private final TestPlatform platform;

    StoreNodeTest(@TempDir Path dir) throws Exception {
        platform = new TestPlatform(dir);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
    }

    private boolean holds(String node, String key) {
        return platform.replica(node)
                .database()
                .flatMap(database -> database.get(new Key("accounts", key)))
                .isPresent();
    }

    private void three() throws Exception {
        platform.start("n1", "n2", "n3");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.write("n1", "alice");
    }

    @Test
    void twoNodesKeepOneReplicaAndThreeKeepThree() throws Exception {
        platform.start("n1", "n2");
        platform.untilKeptBy("n1");
        platform.write("n1", "alice");
        platform.start("n3");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.untilEqual("n1", "n2", "n3");

        assertThat(holds("n3", "alice")).isTrue();
    }

    @Test
    void fromOneToThreeToFiveAndBackToThree() throws Exception {
        platform.start("n1");
        platform.untilKeptBy("n1");
        platform.write("n1", "alice");

        platform.start("n2", "n3");
        platform.untilKeptBy("n1", "n2", "n3");
        platform.write("n2", "bob");

        platform.others(2);
        platform.start("n4", "n5");
        platform.untilKeptBy("n1", "n2", "n3", "n4", "n5");
        platform.write("n5", "carol");
        platform.untilEqual("n1", "n2", "n3", "n4", "n5");

        platform.kill("n1");
        platform.kill("n4");
        platform.hearAnew();
        platform.forget("n1");
        platform.forget("n4");
        platform.untilKeptBy("n2", "n3", "n5");
        platform.write("n3", "dave");
        platform.untilEqual("n2", "n3", "n5");

        assertThat(List.of("alice", "bob", "carol", "dave")).allMatch(key -> holds("n5", key));
    }

    @Test
    void anotherTakesThePlaceOfOneThatIsLostWhichThenWaits() throws Exception {
        three();
        ReplicaName former = platform.replica("n2").self().name();
        platform.start("n4");
        platform.kill("n2");
        platform.untilKeptBy("n1", "n3", "n4");
        platform.restart("n2");
        while (platform.replica("n2").self().name().equals(former)) {
            Thread.onSpinWait();
        }

        assertThat(platform.keepers()).containsExactly("n1", "n3", "n4");
        assertThat(platform.replica("n2").database()).isEmpty();
    }

    @Test
    void whenTheLeaderIsLostAnotherTakesItsPlaceAndLeads() throws Exception {
        three();
        platform.start("n4");
        platform.kill("n1");
        platform.untilKeptBy("n2", "n3", "n4");
        platform.write("n4", "bob");
    }

    @Test
    void whatIsRemovedForGoodIsNotWaitedFor() throws Exception {
        three();
        platform.forget("n3");
        platform.kill("n3");
        platform.untilKeptBy("n1");
        platform.write("n1", "bob");
    }

    @Test
    void aNodeThatComesBackWithAnEmptyDiskIsANewReplica() throws Exception {
        three();
        ReplicaName former = platform.replica("n3").self().name();
        platform.restartEmpty("n3");
        platform.untilEqual("n1", "n2", "n3");

        assertThat(platform.replica("n3").self().name()).isNotEqualTo(former);
        assertThat(platform.keepers()).containsExactly("n1", "n2", "n3");
    }

    @Test
    void aNodeThatComesBackAtAnotherAddressIsANewReplica() throws Exception {
        three();
        ReplicaName former = platform.replica("n3").self().name();
        platform.restartElsewhere("n3");
        platform.untilEqual("n1", "n2", "n3");

        assertThat(platform.replica("n3").self().name()).isNotEqualTo(former);
        platform.untilKeptBy("n1", "n2", "n3");
    }
}
