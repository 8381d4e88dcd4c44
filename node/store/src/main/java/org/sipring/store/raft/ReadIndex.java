package org.sipring.store.raft;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;

/**
 * Linearizable reads of a replica, by Raft's read index (Ongaro, Consensus: Bridging Theory and Practice, section 6.4): the
 * leader, once a majority has told it that it still leads, says how far the log is committed; the replica reads when it has
 * applied as much.
 */
final class ReadIndex {
    private ReadIndex() {}

    /** Completes when a replica may read. Fails where nobody leads, and while the replica gets another's copy. */
    static CompletionStage<Void> reached(RaftServer server, RaftGroupId group) {
        RaftClientRequest read = RaftClientRequest.newBuilder()
                .setClientId(ClientId.emptyClientId())
                .setServerId(server.getId())
                .setGroupId(group)
                .setCallId(CallId.getAndIncrement())
                .setMessage(Message.EMPTY)
                .setType(RaftClientRequest.readRequestType())
                .build();
        try {
            return server.submitClientRequestAsync(read).thenCompose(ReadIndex::judge);
        } catch (IOException closedOrInNoGroup) {
            return CompletableFuture.failedFuture(closedOrInNoGroup);
        }
    }

    private static CompletionStage<Void> judge(RaftClientReply reply) {
        return reply.isSuccess()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(reply.getException());
    }
}
