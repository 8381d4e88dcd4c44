package org.sipring.store.raft;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/** Ratis' gRPC with a {@link PromptAppender} for each follower, known to the leader's machine. Ratis makes one of its name. */
final class PromptRpc implements RpcType {
    @Override
    public String name() {
        return PromptRpc.class.getName();
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
        return new Factory(parameters);
    }

    private static final class Factory extends GrpcFactory {
        Factory(Parameters parameters) {
            super(parameters);
        }

        @Override
        public LogAppender newLogAppender(RaftServer.Division division, LeaderState leader, FollowerInfo follower) {
            LogAppender appender = new PromptAppender(division, leader, follower);
            ((ReplicaMachine) division.getStateMachine()).followers().add(appender);
            return appender;
        }
    }
}
