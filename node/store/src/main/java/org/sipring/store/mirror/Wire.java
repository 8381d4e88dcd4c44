package org.sipring.store.mirror;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;

/**
 * The way to servers; replies come in the room.
 *
 * @param overlay the way to other nodes
 * @param room where replies are told
 */
record Wire(Overlay overlay, Ticker room) {
    private static final ReplyCodec REPLIES = new ReplyCodec();

    /** Asks a node once; fails where that is silent, gone or speaks no sense. */
    CompletionStage<Reply> ask(NodeId node, Question question) {
        CompletableFuture<Reply> here = new CompletableFuture<>();
        // What sending throws is a failure like others.
        var unused = CompletableFuture.completedStage(QuestionCodec.encode(question))
                .thenCompose(frame -> overlay.request(node, question.subject(), frame, question.limit()))
                .thenApply(REPLIES::decode)
                .whenComplete((reply, failure) -> room.execute(() -> tell(here, reply, failure)));
        return here;
    }

    private static void tell(CompletableFuture<Reply> here, Reply reply, @Nullable Throwable failure) {
        if (failure == null) {
            here.complete(reply);
        } else {
            here.completeExceptionally(failure);
        }
    }
}
