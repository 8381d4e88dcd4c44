package org.sipring.store.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.ratis.client.impl.UnorderedAsync;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.sipring.api.Identity;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.CommandCodec;
import org.sipring.store.patience.Bundler;
import org.sipring.store.patience.Patience;
import org.sipring.store.patience.Window;

/** Hands commands to the leader of a group, whoever that is, for as long as a node runs. Callable from any thread. */
final class Submitter implements AutoCloseable {
    private static final CommandCodec COMMANDS = new CommandCodec();
    // So many changes: eight full bundles.
    private static final int CHANGES = 1_024;
    // Of requests for which there was no answer in time Ratis makes a new connection for each.
    private static final int OTHERS = 64;
    // Few, so that many come together; more than one, so that the replicas have something to do meanwhile.
    private static final Bundler.Limits<Command.Change> BUNDLES =
            new Bundler.Limits<>(2, Duration.ofMillis(100), 128, 128 * 1_024, Submitter::size);
    // Names and numbers of a change.
    private static final int OVERHEAD_BYTES = 64;

    private final Clients clients;
    private final Patience patience;
    private final Window changes = new Window(CHANGES);
    private final Window others = new Window(OTHERS);
    private final Bundler<Command.Change, Told> bundler;

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
     * @param peers its replicas, as far as they are known now; at least one
     * @param identity how it proves itself
     * @param patience for how long it asks again
     * @param closing threads for the end of connections, which blocks
     */
    Submitter(UUID group, Supplier<List<Peer>> peers, Identity identity, Patience patience, Executor closing) {
        this.patience = patience;
        bundler = new Bundler<>(BUNDLES, patience.room(), this::together);
        // Shorter, so that it is known in the end why there was no answer.
        Duration round = patience.limit().dividedBy(2);
        clients = new Clients(new Clients.Site(group, peers, identity, round), closing);
    }

    /**
     * Asks for a change, again and again under its one name, while nothing is known of it.
     *
     * @return what came of it, completed in the room of the patience; when that ends it may have been applied or not, now
     *     or later
     */
    CompletionStage<Told> submit(Command command) {
        return command instanceof Command.Change change
                ? changes.enter(() -> bundler.ask(change))
                : others.enter(() -> send(COMMANDS.encode(command)).thenApply(told -> told.get(0)));
    }

    private CompletionStage<List<Told>> together(List<Command.Change> changes) {
        return send(COMMANDS.encode(changes.size() == 1 ? changes.get(0) : new Command.Bundle(changes)));
    }

    private static int size(Command.Change change) {
        return OVERHEAD_BYTES
                + change.key().name().length()
                + (change instanceof Command.Put put ? put.value().length : 0);
    }

    /** Gives what came of each change in it, or of the whole where it changes no document. */
    CompletionStage<List<Told>> send(byte[] command) {
        Message message = Message.valueOf(UnsafeByteOperations.unsafeWrap(command));
        return patience.ask(() -> attempt(message));
    }

    // Without an order among changes: one that got no answer ends Ratis' ordered client, and all that would follow.
    private CompletionStage<List<Told>> attempt(Message message) {
        return UnorderedAsync.send(RaftClientRequest.writeRequestType(), message, null, clients.current())
                .thenCompose(Submitter::answers)
                .exceptionallyCompose(Submitter::judge);
    }

    private static CompletionStage<List<Told>> answers(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            return CompletableFuture.failedFuture(reply.getException());
        }
        List<Answer> answers = Answer.of(reply.getMessage().getContent().toByteArray());
        return CompletableFuture.completedFuture(answers.stream()
                .map(answer -> new Told(answer, reply.getLogIndex()))
                .toList());
    }

    // What the replicas refuse would be refused for ever. What a leader could not apply is asked again.
    private static CompletionStage<List<Told>> judge(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return CompletableFuture.failedFuture(
                cause instanceof StateMachineException replica
                                && replica.getCause() instanceof IllegalArgumentException refusal
                        ? refusal
                        : failure);
    }

    @Override
    public void close() throws IOException {
        clients.close();
    }
}
