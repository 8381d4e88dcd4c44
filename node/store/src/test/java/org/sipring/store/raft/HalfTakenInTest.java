package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcSslContexts;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica whose leader begins to take it in, and never finishes: it knows that it is in the group, and Ratis does not let it
 * take part.
 */
@Tag("acceptance")
@Timeout(60)
final class HalfTakenInTest {
    private final TestGroup group;

    HalfTakenInTest(@TempDir Path dir) throws Exception {
        group = new TestGroup(dir);
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
    }

    private Peer peer(int number) {
        return group.seat(number).replica().self();
    }

    private RaftPeerProto named(int number) {
        return peer(number).raft().getRaftPeerProto();
    }

    /** What the first replica, which leads, sends the second while that catches up. */
    private AppendEntriesRequestProto firstEntries() {
        long term = group.seat(1).replica().database().orElseThrow().place().term();
        RaftRpcRequestProto header = RaftRpcRequestProto.newBuilder()
                .setRequestorId(peer(1).raft().getId().toByteString())
                .setReplyId(peer(2).raft().getId().toByteString())
                .setRaftGroupId(RaftGroupIdProto.newBuilder()
                        .setId(RaftGroupId.valueOf(TestGroup.ID).toByteString()))
                .build();
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(header)
                .setLeaderTerm(term)
                .setLeaderCommit(-1)
                .setInitializing(true)
                .addEntries(LogEntryProto.newBuilder()
                        .setTerm(term)
                        .setIndex(0)
                        .setConfigurationEntry(RaftConfigurationProto.newBuilder()
                                .addPeers(named(1))
                                .addPeers(named(2))))
                .build();
    }

    private ManagedChannel channel() throws SSLException {
        TestGroup.Seat first = group.seat(1);
        return NettyChannelBuilder.forAddress(peer(2).address())
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forClient()
                                .keyManager(first.identity.keys())
                                .trustManager(first.identity.trust()))
                        .build())
                .build();
    }

    private AppendResult takeInHalf() throws Exception {
        CompletableFuture<AppendEntriesReplyProto> answer = new CompletableFuture<>();
        ManagedChannel channel = channel();
        try {
            RaftServerProtocolServiceGrpc.newStub(channel)
                    .appendEntries(new StreamObserver<>() {
                        @Override
                        public void onNext(AppendEntriesReplyProto reply) {
                            answer.complete(reply);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            answer.completeExceptionally(failure);
                        }

                        @Override
                        public void onCompleted() {}
                    })
                    .onNext(firstEntries());
            return answer.get(10, TimeUnit.SECONDS).getResult();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void theWatchdogStartsItAgain() throws Exception {
        group.write("alice");
        Replica second = group.sit().replica();
        assertThat(takeInHalf()).isEqualTo(AppendResult.SUCCESS);
        assertThat(second.life()).isEqualTo(Life.STUCK);

        second.look(0);
        second.look(Life.STUCK.patience().toNanos() - 1);
        assertThat(second.life()).as("it may yet go on").isEqualTo(Life.STUCK);
        second.look(Life.STUCK.patience().toNanos());
        assertThat(second.life()).isEqualTo(Life.ALONE);

        group.change(List.of(peer(1)), group.peers());
        group.write("bob");
        group.untilEqual();
        assertThat(second.life()).isEqualTo(Life.WELL);
        assertThat(second.database().orElseThrow().list("accounts", "")).hasSize(2);
    }
}
