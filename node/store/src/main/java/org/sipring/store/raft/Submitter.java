package org.sipring.store.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.sipring.api.Identity;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.CommandCodec;

/** Hands commands to the leader of a group, whoever that is. Callable from any thread. */
final class Submitter implements AutoCloseable {
    private static final CommandCodec COMMANDS = new CommandCodec();
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RaftClient client;

    /**
     * What a leader has told.
     *
     * @param answer what came of the command
     * @param index its place in the log
     */
    record Told(Answer answer, long index) {}

    /**
     * Knows where the leader may be.
     *
     * @param group the platform's group
     * @param peers its replicas, as far as they are known
     * @param identity how it proves itself
     * @param patience for how long it asks again while there is no leader
     */
    Submitter(UUID group, List<Peer> peers, Identity identity, Duration patience) {
        client = RaftClient.newBuilder()
                .setProperties(RaftSettings.client())
                .setParameters(RaftSettings.client(identity))
                .setRaftGroup(RaftGroup.valueOf(
                        RaftGroupId.valueOf(group),
                        peers.stream().map(Peer::raft).toList()))
                .setRetryPolicy(RetryPolicies.retryUpToMaximumCountWithFixedSleep(
                        (int) patience.dividedBy(PAUSE), RaftSettings.time(PAUSE)))
                .build();
    }

    /**
     * Asks for a change.
     *
     * @return what came of it; fails when nobody could be asked for as long as the patience lasts: it may have been applied or
     *     not, now or later, and asking again with the same request is right, by a new submitter: this one asks no more
     */
    CompletionStage<Told> submit(Command command) {
        return send(COMMANDS.encode(command));
    }

    CompletionStage<Told> send(byte[] command) {
        Message message = Message.valueOf(UnsafeByteOperations.unsafeWrap(command));
        return client.async().send(message).thenCompose(Submitter::answer);
    }

    private static CompletionStage<Told> answer(RaftClientReply reply) {
        return reply.isSuccess()
                ? CompletableFuture.completedFuture(
                        new Told(Answer.of(reply.getMessage().getContent().toByteArray()), reply.getLogIndex()))
                : CompletableFuture.failedFuture(reply.getException());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
