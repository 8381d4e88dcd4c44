package org.sipring.store.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.sipring.api.Chance;
import org.sipring.api.Identity;
import org.sipring.api.Ticker;
import org.sipring.store.database.Database;
import org.sipring.store.database.LargeShelf;
import org.sipring.store.group.GroupDocuments;
import org.sipring.store.patience.Patience;
import org.sipring.store.watch.Applied;
import org.sipring.store.watch.Watchers;

/**
 * A node's part in the durable store: it holds a replica, starts that again when it has to, and cares for the group while
 * that leads. Nobody commands it. Callable from any thread.
 */
public final class StoreNode implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    // Two elections, and some asking in between.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Replica replica;
    private final GroupKeeper keeper;
    private final RaftStore store;
    private final Ticker room;
    private final Sweeping sweeping;
    private volatile boolean closed;

    /**
     * Where it lives.
     *
     * @param answers a room where what the store answers is told; nobody may block there
     * @param chores a room of its own, which it may block for some seconds
     * @param closing threads for what blocks: the end of connections, reading chunks, and copies of the replica
     * @param hearing hears what is applied, before anybody is told of it
     */
    public record House(Ticker answers, Ticker chores, Executor closing, Applied hearing) {}

    private StoreNode(Replica replica, GroupKeeper keeper, RaftStore store, Ticker room) {
        this.replica = replica;
        this.keeper = keeper;
        this.store = store;
        this.room = room;
        sweeping = new Sweeping(replica, store);
    }

    /**
     * Starts it.
     *
     * @param site where its replica runs
     * @param identity how it proves itself
     * @param chance names a new folder, and requests
     * @param nodes those of the platform
     * @param house where it lives
     * @return it, to be closed
     * @throws IOException when its folder cannot be used or its port is taken
     */
    public static StoreNode start(Replica.Site site, Identity identity, Chance chance, Nodes nodes, House house)
            throws IOException {
        return start(site, identity, chance, new Care(nodes, GroupKeeper.Grace.USUAL), house);
    }

    /**
     * What it cares for the group by.
     *
     * @param nodes those of the platform
     * @param grace how long it waits
     */
    record Care(Nodes nodes, GroupKeeper.Grace grace) {}

    static StoreNode start(Replica.Site site, Identity identity, Chance chance, Care care, House house)
            throws IOException {
        Watchers watchers = new Watchers();
        watchers.add(house.hearing());
        Replica replica = Replica.start(site, identity, chance, watchers, house.closing());
        Patience patience = new Patience(house.answers(), PATIENCE);
        Submitter leader =
                new Submitter(site.group(), () -> care.nodes().running(), identity, patience, house.closing());
        RaftStore store = new RaftStore(replica, leader, watchers, chance, patience, house.closing());
        GroupKeeper keeper = new GroupKeeper(replica, care.nodes(), new GroupDocuments(store), care.grace());
        StoreNode node = new StoreNode(replica, keeper, store, house.chores());
        node.room.execute(node::look);
        return node;
    }

    private void look() {
        if (closed) {
            return;
        }
        try {
            replica.look(room.nanos());
            keeper.look(room.nanos());
            sweeping.look(room.nanos());
        } finally {
            room.after(EVERY, this::look);
        }
    }

    /**
     * What the other nodes are to be told of this one's replica, now and whenever it is another.
     *
     * @return how they find it
     */
    public Peer self() {
        return replica.self();
    }

    /**
     * The store, as this node's replica has it.
     *
     * @return it; closed with this
     */
    public RaftStore store() {
        return store;
    }

    /**
     * Who keeps the store.
     *
     * @return as this node's replica knows it; empty while it does not belong to the group
     */
    public Optional<Keepers> keepers() {
        return replica.keepers();
    }

    /**
     * What is wrong with this node's replica.
     *
     * @return what, and what to do; empty while nothing is
     */
    public Optional<String> trouble() {
        return replica.trouble().or(this::damagedChunks);
    }

    private Optional<String> damagedChunks() {
        int damaged =
                replica.database().map(Database::large).map(LargeShelf::damaged).orElse(0);
        return damaged == 0
                ? Optional.empty()
                : Optional.of(
                        damaged + " files of large values are damaged on this node's disk, and are read from other"
                                + " nodes: look at the disk");
    }

    Replica replica() {
        return replica;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        store.close();
    }
}
