package org.sipring.store.raft;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.GroupInfoRequestProto;
import org.apache.ratis.proto.RaftProtos.GroupListRequestProto;
import org.apache.ratis.proto.RaftProtos.GroupManagementRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.LeaderElectionManagementRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.SetConfigurationRequestProto;
import org.apache.ratis.proto.RaftProtos.SnapshotManagementRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.proto.RaftProtos.TransferLeadershipRequestProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/**
 * Whom a message means, where it means one replica: what replicas ask each other, and what changes a group or one of its
 * replicas. Changes of documents mean the group, whichever of its replicas they come to: a store may still know a replica by
 * the name of the one before it, and learns the new names from its answer.
 */
final class Addressee {
    private static final Map<Class<?>, Function<Object, RaftRpcRequestProto>> KINDS = Map.ofEntries(
            kind(AppendEntriesRequestProto.class, AppendEntriesRequestProto::getServerRequest),
            kind(InstallSnapshotRequestProto.class, InstallSnapshotRequestProto::getServerRequest),
            kind(RequestVoteRequestProto.class, RequestVoteRequestProto::getServerRequest),
            kind(StartLeaderElectionRequestProto.class, StartLeaderElectionRequestProto::getServerRequest),
            kind(ReadIndexRequestProto.class, ReadIndexRequestProto::getServerRequest),
            kind(SetConfigurationRequestProto.class, SetConfigurationRequestProto::getRpcRequest),
            kind(TransferLeadershipRequestProto.class, TransferLeadershipRequestProto::getRpcRequest),
            kind(SnapshotManagementRequestProto.class, SnapshotManagementRequestProto::getRpcRequest),
            kind(LeaderElectionManagementRequestProto.class, LeaderElectionManagementRequestProto::getRpcRequest),
            kind(GroupManagementRequestProto.class, GroupManagementRequestProto::getRpcRequest),
            kind(GroupListRequestProto.class, GroupListRequestProto::getRpcRequest),
            kind(GroupInfoRequestProto.class, GroupInfoRequestProto::getRpcRequest));

    private Addressee() {}

    private static <A> Map.Entry<Class<?>, Function<Object, RaftRpcRequestProto>> kind(
            Class<A> type, Function<A, RaftRpcRequestProto> request) {
        return Map.entry(type, message -> request.apply(type.cast(message)));
    }

    /** The replica's name; empty where any of the group will do. */
    static Optional<ByteString> of(Object message) {
        return Optional.ofNullable(KINDS.get(message.getClass()))
                .map(kind -> kind.apply(message).getReplyId());
    }
}
