package org.sipring.store.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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

    private static final Duration VERIFIED_EVERY = Duration.ofHours(1);
    // A majority of them stays when one is lost.
    private static final int ENOUGH = 3;

    private final Site site;
    private final Identity identity;
    private final Chance chance;
    private final Applied applied;
    private final Executor beside;
    private final Watchdog watchdog = new Watchdog();
    private boolean closed;
    private volatile String failure = "";
    private OptionalLong verifiedNanos = OptionalLong.empty();

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

    private Replica(Site site, Identity identity, Chance chance, Applied applied, Executor beside) throws IOException {
        this.site = site;
        this.identity = identity;
        this.chance = chance;
        this.applied = applied;
        this.beside = beside;
        folder = ReplicaFolder.in(site.dir(), chance);
    }

    /**
     * Starts a replica.
     *
     * @param site where
     * @param identity how it proves itself
     * @param chance names a new folder
     * @param applied hears of changes
     * @param beside threads that may be blocked for seconds
     * @return it, to be closed
     * @throws IOException when its folder cannot be used or its port is taken
     */
    static Replica start(Site site, Identity identity, Chance chance, Applied applied, Executor beside)
            throws IOException {
        Replica replica = new Replica(site, identity, chance, applied, beside);
        replica.start();
        return replica;
    }

    private void start() throws IOException {
        // Looked for each time: what could not be wiped to its end must not be filled again under its old name.
        folder = ReplicaFolder.in(site.dir(), chance);
        try {
            server = ReplicaServer.start(site, folder, identity, applied, beside);
        } catch (BeyondRepairException damage) {
            putAside(damage);
            server = ReplicaServer.start(site, folder, identity, applied, beside);
        }
        failure = "";
    }

    // As if its disk were lost, it never votes again under this name. With two replicas, the other could not replace it
    // without its vote.
    private void putAside(BeyondRepairException damage) throws IOException {
        boolean knowsOthers = folder.voters(site.group()) >= ENOUGH;
        if (!knowsOthers && (site.founds() || folder.knows(site.group()))) {
            throw new IOException(
                    damage.getMessage()
                            + "; no others could replace this replica, so nothing has been done to it. Keep a"
                            + " copy of " + site.dir()
                            + " before you try anything. Then begin a new platform with another"
                            + " data folder, and give it the last backup: sipring restore FILE (docs/operations.md, What"
                            + " disks do wrong)",
                    damage);
        }
        Path kept = folder.putAside();
        folder = ReplicaFolder.in(site.dir(), chance);
        LOG.error(
                "{}; this node gets a new replica from the others, and keeps the damaged one as {}",
                damage.getMessage(),
                kept);
    }

    /**
     * Starts it again where it has ended or is stuck, lets it begin anew where the group has dismissed it, and connect anew
     * where trust has changed. To be called about every second; may block for some seconds.
     *
     * @param nanos now, by monotonic time
     */
    synchronized void look(long nanos) {
        Optional.ofNullable(server).ifPresent(ReplicaServer::look);
        verify(nanos);
        Life life = life();
        if (!closed && watchdog.bites(life, nanos)) {
            try {
                again(life);
            } catch (IOException | RuntimeException again) {
                // Why it rests has been said.
                if (life != Life.RESTS) {
                    say(String.valueOf(again.getMessage()));
                }
            }
        }
    }

    // The disk may damage what has been read from it before.
    private void verify(long nanos) {
        // Each start has done it.
        long last = verifiedNanos.orElse(nanos);
        verifiedNanos = OptionalLong.of(last);
        if (Duration.ofNanos(nanos - last).compareTo(VERIFIED_EVERY) >= 0) {
            verifiedNanos = OptionalLong.of(nanos);
            try {
                database().ifPresent(Database::verify);
            } catch (RuntimeException found) {
                say(String.valueOf(found.getMessage()));
            }
        }
    }

    Life life() {
        ReplicaServer running = server;
        return running == null ? Life.ENDED : running.life();
    }

    private void again(Life life) throws IOException {
        ReplicaServer former = server;
        if (former != null && life == Life.RESTS) {
            rest(former);
        }
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

    // Who cannot write must neither lead nor vote, and can be read from.
    private void rest(ReplicaServer full) throws IOException {
        say(full.documents().failure().orElse("the disk takes nothing more") + "; until the disk of " + site.dir()
                + " has room again, this node's replica takes no part in changes, and can be read from");
        full.rest();
        folder.probe();
        LOG.info("the disk of {} has room again", site.dir());
    }

    // It is tried again every few seconds.
    private void say(String message) {
        if (!message.equals(failure)) {
            failure = message;
            LOG.error("{}; it is tried again", message);
        }
    }

    /** What is wrong with it, and what to do; empty while nothing is. */
    Optional<String> trouble() {
        if (!failure.isEmpty()) {
            return Optional.of(failure);
        }
        List<Path> kept = folder.damaged();
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of("the disk has damaged this node's replica of the store, which "
                        + (database().isPresent()
                                ? "has been made anew: check the disk, then delete what is left of the former one, "
                                : "is being made anew: check the disk, and until that is done keep ")
                        + kept);
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
        return running == null ? new CompletableFuture<>() : running.documents().arrival(index);
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
