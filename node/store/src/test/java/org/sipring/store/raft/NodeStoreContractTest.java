package org.sipring.store.raft;

import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.certs.NodeEnvelopes;
import org.sipring.runtime.Rooms;
import org.sipring.store.mirror.MirrorStore;
import org.sipring.store.node.NodeStore;
import org.sipring.store.patience.Patience;
import org.sipring.store.secret.Secrets;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.contract.StoreContract;

/** The contract of stores, asked of what roles are given: a replica, or else another's, the documents sealed. */
@Tag("acceptance")
@Timeout(60)
final class NodeStoreContractTest extends StoreContract {
    private static final NodeId N1 = new NodeId("n1");

    private final TestGroup group;
    private final Rooms rooms = new Rooms();
    private final RaftStore own;
    private final Store store;

    NodeStoreContractTest(@TempDir Path dir) throws Exception {
        group = new TestGroup(dir);
        own = group.seat(1).store();
        Map<NodeId, LocalOverlay> nodes = new ConcurrentHashMap<>();
        MirrorStore nobodys = new MirrorStore(
                new LocalOverlay("n1", nodes, "n1"),
                new SimChance(7),
                new Patience(rooms.open("mirror"), Duration.ofSeconds(10)),
                List::of);
        NodeStore documents = new NodeStore(Optional.of(own), nobodys);
        Secrets secrets = new Secrets(documents, new NodeEnvelopes(group.seat(1).identity), N1, new SimChance(8));
        await(secrets.found());
        store = secrets.sealing(Set.of("accounts"));
    }

    @AfterEach
    void close() throws IOException {
        own.close();
        rooms.close();
        group.close();
    }

    @Override
    protected Store store() {
        return store;
    }
}
