package org.sipring.store.raft;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/**
 * The group, as the replica that leads it sees it.
 *
 * @param voters those of the configuration in force, the leader first
 */
record LeaderView(List<Seen> voters) {
    private static final Duration EVER = Duration.ofDays(365);

    /**
     * A replica, as its leader sees it.
     *
     * @param peer which one
     * @param silence how long nothing has been heard of it
     * @param lag how many entries it has yet to get
     */
    record Seen(Peer peer, Duration silence, long lag) {}

    /** Empty where this replica does not lead, begins to, or a change of the group is under way. */
    static Optional<LeaderView> of(RaftServer.Division division) {
        boolean leads = division.getInfo().isLeader() && division.getInfo().isLeaderReady();
        return leads && division.getRaftConf().getPreviousPeers().isEmpty()
                ? Optional.of(read(division))
                : Optional.empty();
    }

    private static LeaderView read(RaftServer.Division division) {
        Map<RaftPeerId, Duration> silences = silences(division);
        Map<RaftPeerId, Long> commits = commits(division);
        long own = division.getRaftLog().getLastCommittedIndex();
        Seen leader = new Seen(Peer.of(division.getPeer()), Duration.ZERO, 0);
        return new LeaderView(division.getRaftConf().getCurrentPeers(RaftPeerRole.FOLLOWER).stream()
                .map(voter -> voter.getId().equals(division.getId())
                        ? leader
                        : new Seen(
                                Peer.of(voter),
                                silences.getOrDefault(voter.getId(), EVER),
                                own - commits.getOrDefault(voter.getId(), -1L)))
                .sorted(Comparator.comparing(seen -> !seen.equals(leader)))
                .toList());
    }

    private static Map<RaftPeerId, Duration> silences(RaftServer.Division division) {
        return division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList().stream()
                .collect(Collectors.toMap(
                        LeaderView::id,
                        other -> Duration.ofMillis(other.getLastRpcElapsedTimeMs()),
                        (one, two) -> one));
    }

    private static RaftPeerId id(ServerRpcProto other) {
        return RaftPeerId.valueOf(other.getId().getId());
    }

    private static Map<RaftPeerId, Long> commits(RaftServer.Division division) {
        return division.getCommitInfos().stream()
                .collect(Collectors.toMap(
                        commit -> RaftPeerId.valueOf(commit.getServer().getId()),
                        CommitInfoProto::getCommitIndex,
                        Math::max));
    }

    List<Peer> peers() {
        return voters.stream().map(Seen::peer).toList();
    }
}
