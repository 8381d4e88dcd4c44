package org.sipring.store.raft;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.protocol.TermIndex;
import org.sipring.api.DurableFile;
import org.sipring.api.NodeId;
import org.sipring.store.database.DamagedException;
import org.sipring.store.database.Database;
import org.sipring.store.group.ReplicaName;

/**
 * Makes a replica the only one of its group, when most of the others are lost for good: it goes on with all that is in its log.
 * What only lost ones had is lost with them. The node must not run. For one thread.
 */
public final class Recovery implements AutoCloseable {
    // As Ratis names its configuration, and the file by which it keeps two processes apart.
    private static final String CONFIGURATION = "raft-meta.conf";
    private static final String LOCK = "in_use.lock";

    private final ReplicaName replica;
    private final Path current;
    private final FileChannel lock;
    private final List<NodeId> keepers;
    private final TermIndex last;

    private Recovery(ReplicaName replica, Path documents, Path current, FileChannel lock) throws IOException {
        this.replica = replica;
        this.current = current;
        this.lock = lock;
        keepers = keepers(current.resolve(CONFIGURATION));
        last = later(logged(new LogFiles(current)), applied(documents));
    }

    /**
     * Opens a node's replica, so that nobody else does.
     *
     * @param dir where the replica's folder is
     * @param node the node's name
     * @return it, to be closed; nothing is changed yet
     * @throws IOException when there is none that has been in a group, it cannot be read, or its node runs
     */
    public static Recovery open(Path dir, NodeId node) throws IOException {
        ReplicaFolder folder = ReplicaFolder.present(dir)
                .orElseThrow(() ->
                        new IOException(dir + " holds no replica of the store: recover on a node that has kept one"));
        Path group = folder.group()
                .orElseThrow(
                        () -> new IOException(
                                dir
                                        + " holds a replica that has never been in a group, and so no documents: recover on another node"));
        FileChannel lock = FileChannel.open(group.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(lock);
            return new Recovery(
                    new ReplicaName(node, folder.name()), folder.documents(), group.resolve("current"), lock);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    // Held until the channel is closed.
    private static void lock(FileChannel file) throws IOException {
        try {
            if (file.tryLock() == null) {
                throw new IOException("the node runs: stop it first");
            }
        } catch (OverlappingFileLockException own) {
            throw new IOException("the node runs in this process", own);
        }
    }

    private static TermIndex logged(LogFiles files) throws IOException {
        LogCheck log = LogCheck.of(files);
        if (log.damage().isPresent()) {
            throw new IOException(
                    log.damage().get()
                            + "; start the node: it goes on without the log where its database has all, and else says what to do");
        }
        return TermIndex.valueOf(log.last().term(), log.last().index());
    }

    // A copy from another replica may go further than the log, which begins behind it.
    private static TermIndex applied(Path documents) throws IOException {
        if (Files.notExists(documents)) {
            return TermIndex.INITIAL_VALUE;
        }
        try (Database database = Database.open(documents)) {
            return TermIndex.valueOf(database.place().term(), database.place().index());
        } catch (DamagedException damage) {
            throw new IOException(
                    damage.getMessage()
                            + "; start the node, which makes it anew from its log, then stop it and recover",
                    damage);
        }
    }

    private static TermIndex later(TermIndex one, TermIndex other) {
        return one.getIndex() >= other.getIndex() ? one : other;
    }

    private static List<NodeId> keepers(Path configuration) throws IOException {
        try (InputStream in = Files.newInputStream(configuration)) {
            return LogEntryProto.parseFrom(in).getConfigurationEntry().getPeersList().stream()
                    .map(peer -> ReplicaName.of(RaftPeerId.valueOf(peer.getId()).toString())
                            .node())
                    .toList();
        }
    }

    /**
     * The nodes whose replicas make the group, as far as this one knows.
     *
     * @return this one among them
     */
    public List<NodeId> keepers() {
        return keepers;
    }

    /**
     * How much this replica has.
     *
     * @return the number of the last change that it has: of several survivors, the one with the highest has the most
     */
    public long last() {
        return last.getIndex();
    }

    /**
     * Makes it the only one.
     *
     * @param address where it listens
     * @throws IOException when it cannot be noted; then nothing is changed
     */
    public void alone(InetSocketAddress address) throws IOException {
        // At the place of the next entry, so that no configuration in the log is newer: once it leads, this replica
        // writes it there first.
        LogEntryProto entry = LogEntryProto.newBuilder()
                .setTerm(last.getTerm())
                .setIndex(last.getIndex() + 1)
                .setConfigurationEntry(RaftConfigurationProto.newBuilder()
                        .addPeers(new Peer(replica, address).raft().getRaftPeerProto()))
                .build();
        DurableFile.replace(current.resolve(CONFIGURATION), entry.toByteArray());
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
