package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.sipring.api.Identity;
import org.sipring.store.database.Database;

/**
 * One replica of the store. It starts from what is in its folder; a new one waits until the leader of a group takes it in,
 * unless it is to found one.
 */
public final class Replica implements AutoCloseable {
    private final RaftServer server;
    private final ReplicaMachine machine;

    private Replica(RaftServer server, ReplicaMachine machine) {
        this.server = server;
        this.machine = machine;
    }

    /**
     * Starts a replica.
     *
     * @param dir its folder
     * @param self its name and address
     * @param group the platform's group
     * @param founds whether it founds the group, alone: only for the very first replica of a platform
     * @param identity how it proves itself
     * @param applied hears of changes
     * @return it, to be closed
     * @throws IOException when its folder cannot be used or its port is taken
     */
    static Replica start(
            Path dir, Peer self, UUID group, boolean founds, Identity identity, ReplicaMachine.Applied applied)
            throws IOException {
        ReplicaMachine machine = new ReplicaMachine(dir.resolve("documents.db"), applied);
        RaftServer.Builder builder = RaftServer.newBuilder()
                .setServerId(self.raft().getId())
                .setProperties(RaftSettings.server(dir, self.address().getPort()))
                .setParameters(RaftSettings.server(identity))
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setStateMachineRegistry(id -> machine);
        // Afterwards its own folder says who is in the group.
        if (!Files.exists(dir.resolve("raft").resolve(group.toString()))) {
            builder.setGroup(RaftGroup.valueOf(RaftGroupId.valueOf(group), founds ? List.of(self.raft()) : List.of()));
        }
        RaftServer server = builder.build();
        server.start();
        return new Replica(server, machine);
    }

    RaftServer server() {
        return server;
    }

    /** What has been applied here; empty while it has no group, or a copy takes the database's place. */
    Optional<Database> database() {
        return machine.database();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
