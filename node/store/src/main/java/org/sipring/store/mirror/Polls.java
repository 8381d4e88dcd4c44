package org.sipring.store.mirror;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;

/** Those who wait for a change, one question of each node. Lives in its room. */
final class Polls {
    private final Ticker room;
    private final Function<Question.Since, Reply> answers;
    private final Map<NodeId, Poll> waiting = new HashMap<>();

    private record Poll(Question.Since question, CompletableFuture<Reply> answer, Ticker.Timer end) {}

    /**
     * Nobody waits yet.
     *
     * @param room where it lives
     * @param answers at once
     */
    Polls(Ticker room, Function<Question.Since, Reply> answers) {
        this.room = room;
        this.answers = answers;
    }

    /** Answers when something has changed, or after a while. Of two questions of a node the later one waits. */
    CompletionStage<Reply> hold(NodeId from, Question.Since question, Duration atMost) {
        release(from);
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        waiting.put(from, new Poll(question.now(), answer, room.after(atMost, () -> release(from))));
        return answer;
    }

    private void release(NodeId node) {
        Poll poll = waiting.remove(node);
        if (poll != null) {
            poll.end().cancel();
            poll.answer().completeAsync(() -> answers.apply(poll.question()), Runnable::run);
        }
    }

    /** Something has changed. */
    void wake() {
        List.copyOf(waiting.keySet()).forEach(this::release);
    }
}
