package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;

/** Groups that grow and are repaired without anybody's command. */
@Tag("acceptance")
@Timeout(120)
final class GroupKeeperTest {
    private static final Duration GRACE = Duration.ofSeconds(6);

    private final TestGroup group;
    private final Platform platform = new Platform();
    private final List<Thread> rooms = new ArrayList<>();

    GroupKeeperTest(@TempDir Path dir) throws Exception {
        group = new TestGroup(dir);
    }

    /** All nodes that run, and some that are gone. */
    private final class Platform implements Nodes {
        private final Set<NodeId> dead = ConcurrentHashMap.newKeySet();
        private final Set<NodeId> removed = ConcurrentHashMap.newKeySet();

        @Override
        public List<Peer> running() {
            return group.peers().stream()
                    .filter(peer -> !dead.contains(peer.node()) && !removed.contains(peer.node()))
                    .toList();
        }

        @Override
        public int expected() {
            return group.peers().size() - removed.size();
        }

        @Override
        public boolean removed(NodeId node) {
            return removed.contains(node);
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Thread room : rooms) {
            room.interrupt();
            room.join();
        }
        group.close();
    }

    private void keep(TestGroup.Seat seat) {
        Thread room = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                new GroupKeeper(seat.replica(), platform, GRACE).look();
                pause();
            }
        });
        room.start();
        rooms.add(room);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void sit(int more) throws Exception {
        keep(group.seat(1));
        for (int i = 0; i < more; i++) {
            keep(group.sit());
        }
    }

    private void kill(int number) throws IOException {
        NodeId node = group.seat(number).replica().self().node();
        platform.dead.add(node);
        group.seat(number).replica().close();
    }

    // The test's deadline is the limit.
    private void untilKeptBy(String... nodes) throws InterruptedException {
        while (!keepers().equals(Set.of(nodes))) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(keepers()).containsExactlyInAnyOrder(nodes);
    }

    private Set<String> keepers() {
        return group.seats().stream()
                .flatMap(seat -> seat.replica().leading().stream())
                .flatMap(view -> view.peers().stream())
                .map(peer -> peer.node().value())
                .collect(Collectors.toSet());
    }

    private void write(int number, String key) throws IOException {
        try (Submitter submitter = group.seat(number).submitter()) {
            RaftStore store = group.seat(number).store(submitter);
            assertThat(store.put("accounts", key, key.getBytes(StandardCharsets.UTF_8), 0)
                            .toCompletableFuture()
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join())
                    .isPresent();
        }
    }

    @Test
    void twoNodesKeepOneReplicaAndThreeKeepThree() throws Exception {
        sit(1);
        untilKeptBy("n1");
        write(1, "alice");
        keep(group.sit());
        untilKeptBy("n1", "n2", "n3");
        assertThat(group.seat(3).store(group.seat(3).submitter()).get("accounts", "alice"))
                .isPresent();
    }

    @Test
    void anotherTakesThePlaceOfOneThatIsLost() throws Exception {
        sit(3);
        untilKeptBy("n1", "n2", "n3");
        kill(2);
        untilKeptBy("n1", "n3", "n4");
    }

    @Test
    void whenTheLeaderIsLostAnotherTakesItsPlaceAndLeads() throws Exception {
        sit(3);
        untilKeptBy("n1", "n2", "n3");
        kill(1);
        untilKeptBy("n2", "n3", "n4");
        write(4, "alice");
    }

    @Test
    void whatIsRemovedForGoodIsNotWaitedFor() throws Exception {
        sit(2);
        untilKeptBy("n1", "n2", "n3");
        platform.removed.add(new NodeId("n3"));
        group.seat(3).replica().close();
        untilKeptBy("n1");
        write(1, "alice");
    }

    @Test
    void aNodeThatComesBackWithAnEmptyDiskIsANewReplica() throws Exception {
        sit(2);
        untilKeptBy("n1", "n2", "n3");
        write(1, "alice");
        group.seat(3).restartEmpty();
        group.untilEqual();
    }
}
