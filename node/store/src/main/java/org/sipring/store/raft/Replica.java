package org.sipring.store.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Chance;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.store.database.Database;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.watch.Applied;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's replica of the store. It starts from what is in its folder; a new one waits until the leader of a group takes it in,
 * unless it is to found one. One that the group has dismissed begins anew under another name. Callable from any thread.
 */
public final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

    private final Site site;
    private final Identity identity;
    private final Chance chance;
    private final Applied applied;
    private final Watchdog watchdog = new Watchdog();
    private boolean closed;
    private String failure = "";

    private volatile ReplicaFolder folder;
    // None after a start that has failed.
    private volatile @Nullable ReplicaServer server;

    /**
     * Where and as what a replica runs.
     *
     * @param dir its folder is in it, and nothing else
     * @param node whose it is
     * @param address where it listens
     * @param group the platform's group
     * @param founds whether it founds the group, alone: only for the very first replica of a platform
     */
    public record Site(Path dir, NodeId node, InetSocketAddress address, UUID group, boolean founds) {
        Peer peer(ReplicaFolder folder) {
            return new Peer(new ReplicaName(node, folder.name()), address);
        }
    }

    private Replica(Site site, Identity identity, Chance chance, Applied applied) throws IOException {
        this.site = site;
        this.identity = identity;
        this.chance = chance;
        this.applied = applied;
        folder = ReplicaFolder.in(site.dir(), chance);
    }

    /**
     * Starts a replica.
     *
     * @param site where
     * @param identity how it proves itself
     * @param chance names a new folder
     * @param applied hears of changes
     * @return it, to be closed
     * @throws IOException when its folder cannot be used or its port is taken
     */
    static Replica start(Site site, Identity identity, Chance chance, Applied applied) throws IOException {
        Replica replica = new Replica(site, identity, chance, applied);
        replica.start();
        return replica;
    }

    private void start() throws IOException {
        // Looked for each time: what could not be wiped to its end must not be filled again under its old name.
        folder = ReplicaFolder.in(site.dir(), chance);
        server = ReplicaServer.start(site, folder, identity, applied);
        failure = "";
    }

    /**
     * Starts it again where it has ended or is stuck, lets it begin anew where the group has dismissed it, and connect anew
     * where trust has changed. To be called about every second; may block for some seconds.
     *
     * @param nanos now, by monotonic time
     */
    synchronized void look(long nanos) {
        Optional.ofNullable(server).ifPresent(ReplicaServer::look);
        Life life = life();
        if (!closed && watchdog.bites(life, nanos)) {
            try {
                again(life);
            } catch (IOException | RuntimeException again) {
                say(String.valueOf(again.getMessage()));
            }
        }
    }

    Life life() {
        ReplicaServer running = server;
        return running == null ? Life.ENDED : running.life();
    }

    private void again(Life life) throws IOException {
        ReplicaServer former = server;
        server = null;
        boolean forGood = former != null && former.closeForGood();
        if (forGood) {
            LOG.info("the group has gone on without this node's replica, which begins anew");
            folder.wipe();
        } else if (former != null) {
            LOG.warn("this node's replica of the store is {}, and is started again", life);
        }
        start();
        // It may have got another's copy meanwhile, and nobody could hear of that.
        if (database().isPresent()) {
            applied.replaced();
        }
    }

    // It is tried again every few seconds.
    private void say(String message) {
        if (!message.equals(failure)) {
            failure = message;
            LOG.error("{}; it is tried again", message);
        }
    }

    /** What others find it by. */
    Peer self() {
        return site.peer(folder);
    }

    /** The group, where this replica leads it and no change of it is under way. */
    Optional<LeaderView> leading() {
        return Optional.ofNullable(server).flatMap(ReplicaServer::leading);
    }

    /** Who is in the group; empty while this replica is not. */
    Optional<Keepers> keepers() {
        return Optional.ofNullable(server).flatMap(ReplicaServer::keepers);
    }

    /** Changes the group that this replica leads, when it is still what the caller thinks. Blocks for some seconds at most. */
    void change(List<Peer> from, List<Peer> to) throws IOException {
        try (GroupAdmin admin = new GroupAdmin(site.group(), self(), identity)) {
            admin.change(from, to);
        }
    }

    /**
     * What has been applied here. Empty where it is closed, while it does not belong to the group, and while a copy takes the
     * database's place.
     */
    Optional<Database> database() {
        return Optional.ofNullable(server).map(ReplicaServer::machine).flatMap(ReplicaMachine::database);
    }

    /** Completes when the log has been applied here as far as an index; never where the replica is started again before. */
    CompletionStage<Void> applied(long index) {
        ReplicaServer running = server;
        return running == null ? new CompletableFuture<>() : running.machine().applied(index);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        ReplicaServer running = server;
        if (running != null) {
            running.close();
        }
    }
}
