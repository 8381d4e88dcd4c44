package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.runtime.Rooms;
import org.sipring.store.mirror.MirrorStore;
import org.sipring.store.node.NodeStore;
import org.sipring.store.patience.Patience;
import org.sipring.testkit.SimChance;

/** A node whose own replica ends. */
@Tag("acceptance")
@Timeout(120)
final class NodeStoreTest {
    private static final String[] MEMBERS = {"n1", "n2", "n3"};

    private final TestGroup group;
    private final Rooms rooms = new Rooms();
    private final Map<NodeId, LocalOverlay> nodes = new ConcurrentHashMap<>();
    private final Heard heard = new Heard();
    private RaftStore first;
    private RaftStore own;
    private NodeStore documents;

    NodeStoreTest(@TempDir Path dir) throws Exception {
        group = new TestGroup(dir);
    }

    @BeforeEach
    void start() throws Exception {
        group.grow();
        group.grow();
        first = serving(1, new LocalOverlay("n1", nodes, MEMBERS));
        LocalOverlay overlay = new LocalOverlay("n3", nodes, MEMBERS);
        own = serving(3, overlay);
        MirrorStore mirror = new MirrorStore(
                overlay,
                new SimChance(7),
                new Patience(rooms.open("mirror"), Duration.ofSeconds(10)),
                () -> List.of(new NodeId("n1")));
        documents = new NodeStore(Optional.of(own), mirror);
        documents.watch("accounts", heard);
    }

    private RaftStore serving(int number, Overlay overlay) {
        TestGroup.Seat seat = group.seat(number);
        return seat.serving(seat.submitter(), overlay, rooms.open("server" + number));
    }

    @AfterEach
    void stop() throws IOException {
        first.close();
        own.close();
        rooms.close();
        group.close();
    }

    private void write(String key) {
        assertThat(await(first.put("accounts", key, new byte[] {1}, 0))).isPresent();
    }

    @Test
    void whereItsOwnReplicaEndsItReadsAnothersAndWritesByIt() throws Exception {
        write("alice");
        await(documents.catchUp());
        assertThat(documents.get("accounts", "alice")).isPresent();

        group.seat(3).replica().close();
        assertThat(documents.isReadable()).isFalse();
        documents.look();
        heard.until(Heard.ALL);
        write("bob");
        await(documents.catchUp());
        assertThat(documents.list("accounts", "")).hasSize(2);
        assertThat(await(documents.put("accounts", "carol", new byte[] {1}, 0))).isPresent();
        heard.until("carol");
    }
}
