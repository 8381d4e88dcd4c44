package org.sipring.store.raft;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.store.database.DamagedException;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.watch.Applied;

/** One run of Ratis' server over a replica's folder; what has ended does not run again. Callable from any thread. */
final class ReplicaServer implements AutoCloseable {
    private final RaftServer server;
    private final ReplicaMachine machine;
    private final RaftGroupId group;
    private final NodesOnly door;
    private final Reconnecting connections;

    private ReplicaServer(
            RaftServer server, ReplicaMachine machine, RaftGroupId group, NodesOnly door, Reconnecting connections) {
        this.server = server;
        this.machine = machine;
        this.group = group;
        this.door = door;
        this.connections = connections;
    }

    /**
     * Starts it.
     *
     * @param site where
     * @param folder what it runs over
     * @param identity how it proves itself
     * @param applied hears of changes
     * @param beside threads that may be blocked for seconds
     * @return it, to be closed
     * @throws IOException when the folder cannot be used or the port is taken; then nothing of it runs
     */
    static ReplicaServer start(
            Replica.Site site, ReplicaFolder folder, Identity identity, Applied applied, Executor beside)
            throws IOException {
        ProcessGoesOn.ensure();
        folder.refuseOthers(site.group());
        ReplicaMachine machine = new ReplicaMachine(folder.documents(), applied, beside);
        NodesOnly door = new NodesOnly(identity, site.peer(folder).raft().getId());
        try {
            RaftServer server = build(site, folder, identity, door, machine);
            ReplicaServer replica = new ReplicaServer(
                    server, machine, RaftGroupId.valueOf(site.group()), door, new Reconnecting(server, identity));
            replica.start(folder.knows(site.group()));
            return replica;
        } catch (IOException | RuntimeException failure) {
            door.close();
            throw damage(failure)
                    .orElseGet(
                            () -> new IOException("the store's replica does not start: " + reason(failure), failure));
        }
    }

    private static Optional<IOException> damage(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(DamagedException.class::isInstance)
                .findFirst()
                .map(damage -> new BeyondRepairException(String.valueOf(damage.getMessage()), damage));
    }

    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static RaftServer build(
            Replica.Site site, ReplicaFolder folder, Identity identity, NodesOnly door, ReplicaMachine machine)
            throws IOException {
        RaftPeer self = site.peer(folder).raft();
        UUID group = site.group();
        List<RaftPeer> founders = site.founds() && folder.mayFound(group) ? List.of(self) : List.of();
        return RaftServer.newBuilder()
                .setServerId(self.getId())
                .setProperties(RaftSettings.server(folder, site.address()))
                .setParameters(
                        RaftSettings.server(identity, door, new Pacing(machine.documents()::arrival, Pacing.LONGEST)))
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setGroup(RaftGroup.valueOf(RaftGroupId.valueOf(group), founders))
                .setStateMachineRegistry(id -> machine)
                .build();
    }

    private void start(boolean former) throws IOException {
        try {
            server.start();
            machine.logEnds(
                    Optional.ofNullable(server.getDivision(group).getRaftLog().getLastEntryTermIndex()));
            RaftConfiguration conf = server.getDivision(group).getRaftConf();
            if (former && !names(conf, server.getId())) {
                // It was dismissed, and ended before it could begin anew.
                machine.dismiss(conf.getLogEntryIndex());
            }
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    static boolean names(RaftConfiguration conf, RaftPeerId replica) {
        return conf.getCurrentPeers().stream().anyMatch(peer -> peer.getId().equals(replica));
    }

    private Optional<RaftServer.Division> division() {
        try {
            return Optional.of(server.getDivision(group));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    Life life() {
        if (machine.isDismissed()) {
            return Life.DISMISSED;
        }
        if (documents().failure().isPresent()) {
            return Life.RESTS;
        }
        if (documents().damage().isPresent()) {
            return Life.DAMAGED;
        }
        return division().filter(this::runs).map(this::life).orElse(Life.ENDED);
    }

    private boolean runs(RaftServer.Division division) {
        return server.getLifeCycleState() == LifeCycle.State.RUNNING
                && !LifeCycle.States.CLOSING_OR_CLOSED_OR_EXCEPTION.contains(
                        division.getInfo().getLifeCycleState());
    }

    private Life life(RaftServer.Division division) {
        boolean named = names(division.getRaftConf(), server.getId());
        boolean works = division.getInfo().getLifeCycleState() == LifeCycle.State.RUNNING;
        if (machine.getLifeCycleState() != LifeCycle.State.RUNNING || (named && !works)) {
            return Life.STUCK;
        }
        if (!named) {
            return Life.WAITS;
        }
        return division.getInfo().getLeaderId() == null ? Life.ALONE : Life.WELL;
    }

    ReplicaMachine machine() {
        return machine;
    }

    ReplicaDocuments documents() {
        return machine.documents();
    }

    /** Does what is due from time to time; to be called about every second, may block for some. */
    void look() {
        connections.look();
    }

    Optional<LeaderView> leading() {
        return division().flatMap(LeaderView::of);
    }

    Optional<Keepers> keepers() {
        return machine.database().isEmpty() ? Optional.empty() : division().map(ReplicaServer::keepers);
    }

    private static Keepers keepers(RaftServer.Division division) {
        return new Keepers(
                division.getRaftConf().getCurrentPeers().stream()
                        .map(peer -> node(peer.getId()))
                        .toList(),
                Optional.ofNullable(division.getInfo().getLeaderId()).map(ReplicaServer::node));
    }

    private static NodeId node(RaftPeerId replica) {
        return ReplicaName.of(replica.toString()).node();
    }

    /**
     * Closes it, and tells whether nothing of it is needed any more: the group has dismissed it, and has not taken it in again
     * since. Afterwards it promises nothing to anybody.
     */
    boolean closeForGood() throws IOException {
        Optional<RaftServer.Division> last = division();
        close();
        return machine.isDismissed()
                && last.map(RaftServer.Division::getRaftConf)
                        .filter(conf -> names(conf, server.getId()))
                        .filter(conf -> machine.isTakenInAgain(conf.getLogEntryIndex()))
                        .isEmpty();
    }

    /** Takes no more part in the group; what the replica has can be read, where it rests. */
    void rest() throws IOException {
        documents().ends();
        connections.close();
        // After a start that has failed, Ratis leaves its parts open.
        try (door;
                machine;
                server) {
            division().ifPresent(RaftServer.Division::close);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            rest();
        } finally {
            documents().end();
        }
    }
}
