package org.sipring.proxy.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.RoleName;

/** Gathers what the nodes of the platform noted of a call. Callable from any thread. */
public final class JournalQuery {
    private static final String SUBJECT = "sip.why";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_NOTES = 1_000;

    private final Overlay overlay;

    /**
     * A query from any node, also one that is no proxy.
     *
     * @param overlay the other nodes
     */
    public JournalQuery(Overlay overlay) {
        this.overlay = overlay;
    }

    /**
     * Answers the queries of other nodes, and of this one, from now on.
     *
     * @param journals this node's
     */
    public void answerFrom(Journals journals) {
        overlay.handle(SUBJECT, (from, body) -> journals.find(new String(body, StandardCharsets.UTF_8), MOST_NOTES)
                .thenApply(NotesCodec::write));
    }

    /**
     * What all nodes said.
     *
     * @param events in the order of their times; nodes' clocks differ a little
     * @param silent which proxies did not answer
     */
    public record Answer(List<Event> events, List<NodeId> silent) {
        /** Copies both. */
        public Answer {
            events = List.copyOf(events);
            silent = List.copyOf(silent);
        }
    }

    /**
     * A note and where it was found.
     *
     * @param node the node
     * @param note the note
     */
    public record Event(NodeId node, Note note) {}

    /**
     * Asks all proxies.
     *
     * @param call the Call-ID
     * @return what they said, within some seconds; never fails
     */
    public CompletionStage<Answer> ask(String call) {
        byte[] body = call.getBytes(StandardCharsets.UTF_8);
        CompletionStage<Answer> all = CompletableFuture.completedFuture(new Answer(List.of(), List.of()));
        for (Member member : overlay.view().members()) {
            if (member.roles().contains(RoleName.PROXY)) {
                all = all.thenCombine(ask(member.id(), body), JournalQuery::both);
            }
        }
        return all;
    }

    private CompletionStage<Answer> ask(NodeId node, byte[] call) {
        return overlay.request(node, SUBJECT, call, PATIENCE)
                .thenApply(answer -> new Answer(
                        NotesCodec.read(answer).stream()
                                .map(note -> new Event(node, note))
                                .toList(),
                        List.of()))
                .exceptionally(silent -> new Answer(List.of(), List.of(node)));
    }

    private static Answer both(Answer one, Answer other) {
        List<Event> events = new ArrayList<>(one.events());
        events.addAll(other.events());
        // Stable: what one node did within a millisecond stays in its order.
        events.sort(Comparator.comparing(event -> event.note().time()));
        List<NodeId> silent = new ArrayList<>(one.silent());
        silent.addAll(other.silent());
        return new Answer(events, silent);
    }
}
