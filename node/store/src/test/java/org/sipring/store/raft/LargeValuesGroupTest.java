package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;
import org.sipring.api.NodeId;
import org.sipring.runtime.Rooms;
import org.sipring.store.large.ChunkName;
import org.sipring.store.mirror.MirrorStore;
import org.sipring.store.node.NodeStore;
import org.sipring.store.patience.Patience;
import org.sipring.testkit.SimChance;

/** Large values on three nodes with replicas, and beside them one without. */
@Tag("acceptance")
@Timeout(180)
final class LargeValuesGroupTest {
    private static final String[] MEMBERS = {"m", "n1", "n2", "n3"};

    private final Path dir;
    private final TestGroup group;
    private final Rooms rooms = new Rooms();
    private final Map<NodeId, LocalOverlay> nodes = new ConcurrentHashMap<>();
    private final List<RaftStore> stores = new ArrayList<>();
    private final MirrorStore mirror = mirror("m");
    private final byte[] announcement = new SimChance(7).bytes(LargeName.LONGEST);

    LargeValuesGroupTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        group = new TestGroup(dir);
    }

    private MirrorStore mirror(String name) {
        return new MirrorStore(
                new LocalOverlay(name, nodes, MEMBERS),
                new SimChance(7),
                new Patience(rooms.open("mirror-" + name), Duration.ofSeconds(20)),
                () -> List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3")));
    }

    @BeforeEach
    void grow() throws Exception {
        group.grow();
        group.grow();
        for (int number = 1; number <= 3; number++) {
            serve(number);
        }
        mirror.follow();
        await(mirror.catchUp());
    }

    private void serve(int number) {
        TestGroup.Seat seat = group.seat(number);
        LocalOverlay overlay = new LocalOverlay("n" + number, nodes, MEMBERS);
        stores.add(seat.serving(seat.submitter(Duration.ofSeconds(20)), overlay, rooms.open("server" + number)));
    }

    @AfterEach
    void stop() throws IOException {
        for (RaftStore store : stores) {
            store.close();
        }
        rooms.close();
        group.close();
    }

    private LargeName written(LargeValues by) {
        LargeName name = await(by.write(announcement));
        assertThat(await(by.put("voicemail", "greeting", new byte[1], 0, Set.of(name))))
                .isInstanceOf(LargeValues.Put.Written.class);
        return name;
    }

    private List<Path> chunks(int number) throws IOException {
        try (Stream<Path> all = Files.walk(dir.resolve("n" + number))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/large/"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachReplicaHasAllOfItAndWhoHasNoneReadsItFromThem() throws Exception {
        LargeName name = written(mirror);
        group.untilEqual();

        for (int number = 1; number <= 3; number++) {
            assertThat(chunks(number)).hasSize(40);
            assertThat(await(stores.get(number - 1).read(name))).contains(announcement);
        }
        assertThat(await(mirror.read(name))).contains(announcement);
    }

    @Test
    void itIsThereAfterAllHaveEndedAndStarted() throws Exception {
        LargeName name = written(stores.get(1));
        for (TestGroup.Seat seat : group.seats()) {
            seat.restart();
        }
        for (TestGroup.Seat seat : group.seats()) {
            seat.untilReadable();
        }
        group.untilEqual();
        try (RaftStore again = group.seat(3).store()) {
            assertThat(await(again.read(name))).contains(announcement);
        }
    }

    @Test
    void itIsThereAfterTheDatabaseWasDamagedAndMadeAnew() throws Exception {
        LargeName name = written(stores.get(1));
        group.untilEqual();
        group.seat(3).replica().close();
        Disk.flip(Disk.newest(dir.resolve("n3"), "documents.db"), "voicemail\0greeting");
        group.seat(3).restart();
        group.seat(3).untilReadable();
        group.untilEqual();

        assertThat(group.seat(3).replica().trouble()).as("it was damaged").isPresent();
        assertThat(chunks(3)).hasSize(40);
        try (RaftStore again = group.seat(3).store()) {
            assertThat(await(again.read(name))).contains(announcement);
        }
    }

    @Test
    void whatNothingRefersToIsGoneFromEachDisk() throws Exception {
        LargeName name = written(stores.get(1));
        await(stores.get(0).sweep(Duration.ofDays(-1)));
        group.untilEqual();
        assertThat(chunks(3)).hasSize(40);

        await(stores.get(2).catchUp());
        long revision = stores.get(2).get("voicemail", "greeting").orElseThrow().revision();
        assertThat(await(stores.get(2).delete("voicemail", "greeting", revision)))
                .isTrue();
        await(stores.get(0).catchUp());
        await(stores.get(0).sweep(Duration.ofDays(-1)));
        group.untilEqual();
        for (int number = 1; number <= 3; number++) {
            assertThat(chunks(number)).isEmpty();
        }
        assertThat(await(mirror.read(name))).isEmpty();
    }

    @Test
    void aDamagedChunkIsNeverServedAndMendedFromAnotherReplica() throws Exception {
        LargeName name = written(stores.get(0));
        group.untilEqual();
        List<Path> files = chunks(2);
        byte[] flipped = Files.readAllBytes(files.get(0));
        flipped[100] ^= 1;
        Files.write(files.get(0), flipped);
        Files.delete(files.get(1));
        assertThat(await(stores.get(1)
                        .chunks()
                        .chunk(new ChunkName(files.get(0).getFileName().toString()))))
                .as("its own disk alone")
                .isEmpty();
        NodeStore node = new NodeStore(java.util.Optional.of(stores.get(1)), mirror("n2-asks"));

        assertThat(await(node.read(name))).contains(announcement);
        assertThat(await(stores.get(1).read(name)))
                .as("from its own disk again")
                .contains(announcement);
        assertThat(chunks(2)).hasSize(40);
        group.untilEqual();
    }
}
