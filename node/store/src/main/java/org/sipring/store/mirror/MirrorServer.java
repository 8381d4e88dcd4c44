package org.sipring.store.mirror;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Chance;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.store.command.Key;
import org.sipring.store.watch.Applied;

/**
 * Lets the mirrors on other nodes follow this node's replica, and change documents by it. While there is none, or it is not
 * open, it refuses, so that they ask another node. Callable from any thread; reads in its room.
 */
public final class MirrorServer implements Applied {
    private static final int REMEMBERED = 8_192;
    private static final ReplyCodec REPLIES = new ReplyCodec();

    private final Ticker room;
    private final Chance chance;
    private final Ring ring;
    private final Polls polls;
    private volatile @Nullable Source source;

    private MirrorServer(Ticker room, Chance chance) {
        this.room = room;
        this.chance = chance;
        ring = new Ring(REMEMBERED, chance.number());
        polls = new Polls(room, this::changes);
    }

    /**
     * Answers from now on, and refuses everything until it has something to {@link #serve}.
     *
     * @param overlay the way to the mirrors; one server an overlay
     * @param room its own, where it reads documents
     * @param chance names the numberings of changes
     * @return it; has to hear of what is applied
     */
    public static MirrorServer start(Overlay overlay, Ticker room, Chance chance) {
        MirrorServer server = new MirrorServer(room, chance);
        server.handle(overlay, Question.Since.SUBJECT, QuestionCodec::since, server::changes);
        server.handle(overlay, Question.Page.SUBJECT, QuestionCodec::page, server::page);
        server.handle(overlay, Question.Submit.SUBJECT, QuestionCodec::submit, server::submit);
        server.handle(overlay, Question.Describe.SUBJECT, QuestionCodec::describe, server::describe);
        server.handle(overlay, Question.Fetch.SUBJECT, QuestionCodec::fetch, server::fetch);
        server.handle(overlay, Question.Settle.SUBJECT, QuestionCodec::settle, server::settle);
        return server;
    }

    private interface Parser<Q> {
        Q read(byte[] frame);
    }

    private <Q> void handle(
            Overlay overlay, String subject, Parser<Q> parser, BiFunction<NodeId, Q, CompletionStage<Reply>> answers) {
        overlay.handle(subject, (from, frame) -> {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            room.execute(() -> {
                var unused = CompletableFuture.completedStage(frame)
                        .thenApply(parser::read)
                        .thenCompose(question -> answers.apply(from, question))
                        .exceptionally(MirrorServer::refused)
                        .thenAccept(reply -> answer.complete(REPLIES.encode(reply)));
            });
            return answer;
        });
    }

    // A damaged document, a closed database, another release's question: another server may do better.
    private static Reply refused(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new Reply.Refused(String.valueOf(cause.getMessage()));
    }

    /**
     * Lets others follow a replica.
     *
     * @param replica of this node; the server has to hear of what it applies from now on
     */
    public void serve(Source replica) {
        source = replica;
        replaced();
    }

    /** Lets others follow nothing here any more. */
    public void rest() {
        source = null;
        replaced();
    }

    @Override
    public void changed(Key key) {
        ring.add(key);
        room.execute(polls::wake);
    }

    @Override
    public void replaced() {
        ring.renew(chance.number());
        room.execute(polls::wake);
    }

    private Optional<Source> open() {
        return Optional.ofNullable(source).filter(replica -> replica.documents().isPresent());
    }

    private Source opened() {
        return open().orElseThrow(MirrorServer::closed);
    }

    private Source.Documents documents() {
        return opened().documents().orElseThrow(MirrorServer::closed);
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("this node has no replica of the store that is open");
    }

    private CompletionStage<Reply> changes(NodeId from, Question.Since question) {
        return question.waits() && ring.now().equals(question.mark()) && open().isPresent()
                ? polls.hold(from, question, Question.HOLD)
                : CompletableFuture.completedStage(changes(question));
    }

    private Reply changes(Question.Since question) {
        Source.Documents documents = documents();
        return ring.since(question.mark())
                .<Reply>map(keys -> Excerpts.changes(documents, question.mark(), keys))
                .orElseGet(() -> new Reply.Anew(ring.now()));
    }

    private CompletionStage<Reply> page(NodeId from, Question.Page question) {
        Source.Documents documents = documents();
        Mark now = ring.now();
        return CompletableFuture.completedStage(
                question.run() == now.run() ? Excerpts.page(documents, question.after()) : new Reply.Anew(now));
    }

    // The ring hears of a change before anybody is told of it.
    private CompletionStage<Reply> submit(NodeId from, Question.Submit question) {
        return opened().submit(question.change()).thenApply(answer -> new Reply.Done(answer, ring.now()));
    }

    private CompletionStage<Reply> describe(NodeId from, Question.Describe question) {
        return CompletableFuture.completedStage(new Reply.Described(documents().manifest(question.name())));
    }

    private CompletionStage<Reply> fetch(NodeId from, Question.Fetch question) {
        return CompletableFuture.completedStage(new Reply.Fetched(documents().chunk(question.name())));
    }

    private CompletionStage<Reply> settle(NodeId from, Question.Settle question) {
        return opened().catchUp().thenApply(done -> new Reply.Settled(ring.now()));
    }
}
