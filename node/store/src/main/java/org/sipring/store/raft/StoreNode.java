package org.sipring.store.raft;

import java.io.IOException;
import java.time.Duration;
import org.sipring.api.Chance;
import org.sipring.api.Identity;
import org.sipring.api.Ticker;
import org.sipring.store.watch.Watchers;

/**
 * A node's part in the durable store: it holds a replica, starts that again when it has to, and cares for the group while
 * that leads. Nobody commands it. Callable from any thread.
 */
public final class StoreNode implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Replica replica;
    private final GroupKeeper keeper;
    private final Ticker room;
    private volatile boolean closed;

    private StoreNode(Replica replica, GroupKeeper keeper, Ticker room) {
        this.replica = replica;
        this.keeper = keeper;
        this.room = room;
    }

    /**
     * Starts it.
     *
     * @param site where its replica runs
     * @param identity how it proves itself
     * @param chance names a new folder
     * @param nodes those of the platform
     * @param room its own, which it may block for some seconds
     * @return it, to be closed
     * @throws IOException when its folder cannot be used or its port is taken
     */
    public static StoreNode start(Replica.Site site, Identity identity, Chance chance, Nodes nodes, Ticker room)
            throws IOException {
        Replica replica = Replica.start(site, identity, chance, new Watchers());
        return over(replica, new GroupKeeper(replica, nodes, GroupKeeper.Grace.USUAL), room);
    }

    static StoreNode over(Replica replica, GroupKeeper keeper, Ticker room) {
        StoreNode node = new StoreNode(replica, keeper, room);
        room.execute(node::look);
        return node;
    }

    private void look() {
        if (closed) {
            return;
        }
        try {
            replica.look(room.nanos());
            keeper.look(room.nanos());
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

    Replica replica() {
        return replica;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        replica.close();
    }
}
