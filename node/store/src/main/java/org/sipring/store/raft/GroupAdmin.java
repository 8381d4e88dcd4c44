package org.sipring.store.raft;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.retry.RetryPolicies;
import org.sipring.api.Identity;

/** Asks the leader of a group to change it, once: whoever asks looks again at what has become of it. */
final class GroupAdmin implements AutoCloseable {
    private final RaftClient client;

    GroupAdmin(UUID group, Peer leader, Identity identity) {
        client = RaftClient.newBuilder()
                .setProperties(RaftSettings.client())
                .setParameters(RaftSettings.client(identity))
                .setRaftGroup(RaftGroup.valueOf(RaftGroupId.valueOf(group), leader.raft()))
                .setLeaderId(leader.raft().getId())
                .setRetryPolicy(RetryPolicies.noRetry())
                .build();
    }

    /** Changes the group, when it is still what the caller thinks. Blocks until it is done, some seconds at most. */
    void change(List<Peer> from, List<Peer> to) throws IOException {
        RaftClientReply reply = client.admin()
                .setConfiguration(SetConfigurationRequest.Arguments.newBuilder()
                        .setServersInCurrentConf(from.stream().map(Peer::raft).toList())
                        .setServersInNewConf(to.stream().map(Peer::raft).toList())
                        .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                        .build());
        if (!reply.isSuccess()) {
            throw reply.getException();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
