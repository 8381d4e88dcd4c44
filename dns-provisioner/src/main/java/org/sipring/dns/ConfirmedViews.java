package org.sipring.dns;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.api.View;

/**
 * An overlay's views, of which a smaller one is told only when those that are left say that they are there, or when
 * nothing else has happened for {@link #LIMIT}. A node that is cut off from all others loses them one after the other;
 * each such view looks like a majority of what the view before it left in the zone. See RATIONALE.md. The views come in
 * the ticker's room.
 */
public final class ConfirmedViews implements ViewSource {
    /** Longer than the overlay takes from the first member that it misses to the last of the same cut. */
    static final Duration LIMIT = Duration.ofSeconds(2);

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

    /** One listener's views. Lives in the room. */
    private final class Listening {
        private final Consumer<View> listener;
        private View told = overlay.view();
        private long turn;

        Listening(Consumer<View> listener) {
            this.listener = listener;
        }

        void see(View next) {
            long mine = ++turn;
            if (names(next).containsAll(names(told))) {
                tell(mine, next);
                return;
            }
            room.after(LIMIT, () -> tell(mine, next));
            all(next).thenRun(() -> room.execute(() -> tell(mine, next)));
        }

        private void tell(long mine, View next) {
            if (mine == turn) {
                turn++;
                told = next;
                listener.accept(next);
            }
        }
    }

    /** Ends well when every other member has answered. */
    private CompletionStage<Void> all(View view) {
        return CompletableFuture.allOf(names(view).stream()
                .filter(node -> !node.equals(overlay.self()))
                .map(node -> overlay.request(node, HERE, new byte[0], LIMIT).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private static Set<NodeId> names(View view) {
        return view.members().stream().map(Member::id).collect(Collectors.toSet());
    }
}
