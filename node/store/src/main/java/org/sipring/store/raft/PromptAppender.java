package org.sipring.store.raft;

import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;

/**
 * Sends a follower the log, and tells it at once how far that is in force. It would hear of the last entry half a second later, or by an
 * entry that Ratis puts behind each, which costs all replicas as much as a change does. Lives in its own thread, as Ratis calls it.
 */
final class PromptAppender extends GrpcLogAppender {
    private long told = -1;

    PromptAppender(RaftServer.Division division, LeaderState leader, FollowerInfo follower) {
        super(division, leader, follower);
    }

    @Override
    public boolean shouldSendAppendEntries() {
        long committed = getRaftLog().getLastCommittedIndex();
        if (committed > told && hasButDoesNotKnow(committed) && !hasAppendEntries()) {
            told = committed;
            triggerHeartbeat();
        }
        return super.shouldSendAppendEntries();
    }

    // Who does not have an entry yet takes no notice of its being in force, and entries that are sent tell of it as
    // well.
    private boolean hasButDoesNotKnow(long index) {
        FollowerInfo follower = getFollower();
        return follower.getMatchIndex() >= index && follower.getCommitIndex() < index;
    }
}
