package org.sipring.store.raft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/**
 * The group, as the replica that leads it sees it.
 *
 * @param voters those of the configuration in force, the leader first
 * @param silences how long nothing has been heard of each of the others
 * @param lags how many entries each of the others has yet to get
 */
record LeaderView(List<Peer> voters, Map<Peer, Duration> silences, Map<Peer, Long> lags) {
    private static final Duration EVER = Duration.ofDays(365);

    /** Empty where this replica does not lead, begins to, or a change of the group is under way. */
    static Optional<LeaderView> of(RaftServer.Division division) {
        boolean leads = division.getInfo().isLeader() && division.getInfo().isLeaderReady();
        return leads && division.getRaftConf().getPreviousPeers().isEmpty()
                ? Optional.of(read(division))
                : Optional.empty();
    }

    private static LeaderView read(RaftServer.Division division) {
        Map<RaftPeerId, Duration> silences = new HashMap<>();
        for (ServerRpcProto other :
                division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
            silences.put(RaftPeerId.valueOf(other.getId().getId()), Duration.ofMillis(other.getLastRpcElapsedTimeMs()));
        }
        Map<RaftPeerId, Long> commits = new HashMap<>();
        for (CommitInfoProto commit : division.getCommitInfos()) {
            commits.put(RaftPeerId.valueOf(commit.getServer().getId()), commit.getCommitIndex());
        }
        long own = division.getRaftLog().getLastCommittedIndex();
        LeaderView view = new LeaderView(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        for (RaftPeer voter : division.getRaftConf().getCurrentPeers(RaftPeerRole.FOLLOWER)) {
            Peer peer = Peer.of(voter);
            boolean leader = voter.getId().equals(division.getId());
            view.voters.add(leader ? 0 : view.voters.size(), peer);
            view.silences.put(peer, leader ? Duration.ZERO : silences.getOrDefault(voter.getId(), EVER));
            view.lags.put(peer, leader ? 0 : own - commits.getOrDefault(voter.getId(), -1L));
        }
        return view;
    }

    Duration silence(Peer voter) {
        return silences.getOrDefault(voter, EVER);
    }

    long lag(Peer voter) {
        return lags.getOrDefault(voter, Long.MAX_VALUE);
    }
}
