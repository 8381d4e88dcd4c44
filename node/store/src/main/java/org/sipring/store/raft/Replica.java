package org.sipring.store.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.sipring.api.Chance;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.store.database.Database;
import org.sipring.store.group.ReplicaName;

/**
 * One replica of the store. It starts from what is in its folder; a new one waits until the leader of a group takes it in,
 * unless it is to found one.
 */
public final class Replica implements AutoCloseable {
    private final RaftServer server;
    private final ReplicaMachine machine;
    private final Peer self;
    private final UUID group;
    private final Identity identity;

    /**
     * Where and as what a replica runs.
     *
     * @param dir its folder
     * @param node whose it is
     * @param address where it listens
     * @param group the platform's group
     * @param founds whether it founds the group, alone: only for the very first replica of a platform
     */
    record Site(Path dir, NodeId node, InetSocketAddress address, UUID group, boolean founds) {}

    private Replica(RaftServer server, ReplicaMachine machine, Peer self, UUID group, Identity identity) {
        this.server = server;
        this.machine = machine;
        this.self = self;
        this.group = group;
        this.identity = identity;
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
    static Replica start(Site site, Identity identity, Chance chance, ReplicaMachine.Applied applied)
            throws IOException {
        ReplicaFolder folder = new ReplicaFolder(site.dir());
        Peer self = new Peer(new ReplicaName(site.node(), folder.name(chance)), site.address());
        ReplicaMachine machine = new ReplicaMachine(folder.documents(), applied);
        RaftServer.Builder builder = RaftServer.newBuilder()
                .setServerId(self.raft().getId())
                .setProperties(RaftSettings.server(folder, site.address().getPort()))
                .setParameters(RaftSettings.server(identity))
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setStateMachineRegistry(id -> machine);
        if (!folder.knows(site.group())) {
            List<RaftPeer> founders = site.founds() ? List.of(self.raft()) : List.of();
            builder.setGroup(RaftGroup.valueOf(RaftGroupId.valueOf(site.group()), founders));
        }
        RaftServer server = builder.build();
        server.start();
        return new Replica(server, machine, self, site.group(), identity);
    }

    /** What others find it by. */
    Peer self() {
        return self;
    }

    /** The group, where this replica leads it and no change of it is under way. */
    Optional<LeaderView> leading() {
        try {
            return LeaderView.of(server.getDivision(RaftGroupId.valueOf(group)));
        } catch (IOException noGroupYet) {
            return Optional.empty();
        }
    }

    /** Changes the group that this replica leads, when it is still what the caller thinks. Blocks for some seconds at most. */
    void change(List<Peer> from, List<Peer> to) throws IOException {
        try (GroupAdmin admin = new GroupAdmin(group, self, identity)) {
            admin.change(from, to);
        }
    }

    /**
     * What has been applied here: nothing while it waits to be taken into the group. Empty where it is closed, or a copy takes
     * the database's place.
     */
    Optional<Database> database() {
        return machine.database();
    }

    /** Completes when the log has been applied here as far as an index. */
    CompletionStage<Void> applied(long index) {
        return machine.applied(index);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
