package org.sipring.store.mirror;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.View;

/** Whom to ask. Lives in the room of its mirror. */
final class Sources {
    private final Overlay overlay;
    private final Supplier<List<NodeId>> best;
    private final Set<NodeId> failed = new HashSet<>();

    /**
     * Nobody has failed yet.
     *
     * @param overlay says who is there
     * @param best those to ask, best first
     */
    Sources(Overlay overlay, Supplier<List<NodeId>> best) {
        this.overlay = overlay;
        this.best = best;
    }

    /** Those who are there, best first. */
    List<NodeId> here() {
        View view = overlay.view();
        return best.get().stream()
                .filter(node ->
                        !node.equals(overlay.self()) && view.member(node).isPresent())
                .toList();
    }

    /** The best that has not failed in this round. When there is none, a round has ended: it is time to take a rest. */
    Optional<NodeId> next() {
        Optional<NodeId> next =
                here().stream().filter(node -> !failed.contains(node)).findFirst();
        if (next.isEmpty()) {
            failed.clear();
        }
        return next;
    }

    void failed(NodeId node) {
        failed.add(node);
    }

    /** One does what it is to do: another round begins. */
    void worked() {
        failed.clear();
    }
}
