package org.sipring.overlay.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sipring.api.NodeId;
import org.sipring.overlay.member.Seat;

/** The composed view that this node has, and those that others sent. Sends nothing; lives in the overlay's room. */
final class Compositions {
    private final Map<NodeId, Composed> received = new HashMap<>();
    private Composed current = Composed.NONE;

    /** The order that this node gave last. */
    private long order;

    Composed current() {
        return current;
    }

    /** Begins in a cluster: nothing is composed, and no roster was newer than these. */
    void enter(String platform, long generation) {
        current = new Composed(0, 0, Math.max(generation, current.generation()), platform, List.of());
    }

    void leave() {
        received.clear();
        current = new Composed(0, 0, current.generation(), current.platform(), List.of());
    }

    /** Takes what may be a composer's view; false when it is of another platform. */
    boolean take(NodeId from, Composed offer) {
        boolean ours = offer.platform().equals(current.platform());
        if (ours) {
            received.merge(from, offer, Compositions::later);
        }
        return ours;
    }

    /** Messages may overtake each other; a composer's views of one life are ordered. */
    private static Composed later(Composed known, Composed offer) {
        return known.term() == offer.term() && known.order() > offer.order() ? known : offer;
    }

    /** The next view, when this node composes it; empty when nothing changed. */
    Optional<Composed> compose(List<Seat> seats, Map<UUID, Announced> announced, long term) {
        Composed before = ViewComposer.takeOver(current, term, order + 1, current.platform());
        Composed next = ViewComposer.next(seats, announced, before);
        if (next.equals(current)) {
            return Optional.empty();
        }
        current = next;
        order = next.order();
        return Optional.of(next);
    }

    /** The view that the composer sent last; empty when it is known. */
    Optional<Composed> adopt(NodeId composer) {
        Optional<Composed> offer = Optional.ofNullable(received.get(composer)).filter(sent -> !sent.equals(current));
        offer.ifPresent(sent -> current = sent);
        return offer;
    }

    /** Forgets what those sent who are gone. */
    void keep(List<Seat> seats) {
        received.keySet().retainAll(seats.stream().map(Seat::node).collect(Collectors.toSet()));
    }
}
