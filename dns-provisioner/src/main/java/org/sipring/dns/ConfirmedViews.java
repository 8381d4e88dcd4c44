package org.sipring.dns;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.api.View;

/**
 * An overlay's views, of which a smaller one is told only when it is true: when most of the members last told, or all
 * that are left, say that they are there. A node that is cut off from all others loses them one after the other; each
 * such view looks like a majority of what the view before it left in the zone. See RATIONALE.md. The views come in the
 * ticker's room.
 */
public final class ConfirmedViews implements ViewSource {
    /**
     * When a smaller view is told although members are silent. Longer than the overlay takes to miss a silent member: by
     * then there is another view, unless somebody is alive and just does not answer.
     */
    static final Duration LIMIT = Duration.ofSeconds(8);

    /** How long an answer may take before the question is asked again. */
    static final Duration ANSWER = Duration.ofSeconds(1);

    /** From a failed question to the next. */
    static final Duration PAUSE = Duration.ofMillis(200);

    static final String HERE = "dns.here";

    private final Overlay overlay;
    private final Ticker room;

    /**
     * Listens to nobody yet.
     *
     * @param overlay tells the views; every node of it has a {@link DnsDesk}, which answers
     * @param room where views are told
     */
    public ConfirmedViews(Overlay overlay, Ticker room) {
        this.overlay = overlay;
        this.room = room;
    }

    /** Answers other nodes that ask whether this one is there. */
    static void answer(Overlay overlay) {
        overlay.handle(HERE, (from, body) -> CompletableFuture.completedFuture(new byte[0]));
    }

    @Override
    public void onView(Consumer<View> listener) {
        Listening listening = new Listening(listener);
        overlay.onView(view -> room.execute(() -> listening.see(view)));
    }

    /** Whether those who are here make a view believable, given who was in the last one. */
    static boolean isTrue(Set<NodeId> before, Set<NodeId> left, Set<NodeId> here) {
        long known = here.stream().filter(before::contains).count();
        return here.containsAll(left) || 2 * known > before.size();
    }

    /** One listener's views. Lives in the room. */
    private final class Listening {
        private final Consumer<View> listener;
        private View told = overlay.view();
        private long turn;

        Listening(Consumer<View> listener) {
            this.listener = listener;
        }

        void see(View next) {
            Question question = new Question(this, ++turn, next);
            if (names(next).containsAll(names(told))) {
                tell(question);
            } else {
                question.ask();
            }
        }

        boolean waitsFor(Question question) {
            return question.turn == turn;
        }

        void tell(Question question) {
            if (waitsFor(question)) {
                turn++;
                told = question.next;
                listener.accept(told);
            }
        }
    }

    /** Who of a smaller view is there? Lives in the room, until it is answered or another view comes. */
    private final class Question {
        private final Listening asker;
        private final long turn;
        private final View next;
        private final Set<NodeId> here = new HashSet<>();

        Question(Listening asker, long turn, View next) {
            this.asker = asker;
            this.turn = turn;
            this.next = next;
        }

        void ask() {
            room.after(LIMIT, () -> asker.tell(this));
            names(next).forEach(this::ask);
            isHere(overlay.self());
        }

        private void ask(NodeId node) {
            if (asker.waitsFor(this) && !node.equals(overlay.self())) {
                var unused = overlay.request(node, HERE, new byte[0], ANSWER)
                        .whenComplete((answer, failure) ->
                                room.execute(failure == null ? () -> isHere(node) : () -> askAgain(node)));
            }
        }

        private void askAgain(NodeId node) {
            room.after(PAUSE, () -> ask(node));
        }

        private void isHere(NodeId node) {
            here.add(node);
            if (isTrue(names(asker.told), names(next), here)) {
                asker.tell(this);
            }
        }
    }

    private static Set<NodeId> names(View view) {
        return view.members().stream().map(Member::id).collect(Collectors.toSet());
    }
}
