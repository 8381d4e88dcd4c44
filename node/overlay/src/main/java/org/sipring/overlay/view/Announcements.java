package org.sipring.overlay.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sipring.api.NodeId;
import org.sipring.overlay.member.Seat;

/** What each node said of itself, this one as well, and whom this node has told. Lives in the overlay's room. */
final class Announcements {
    private final Map<NodeId, Announced> said = new HashMap<>();
    private final Set<UUID> told = new HashSet<>();

    /** Takes what a node says of itself; false when it has said so before. */
    boolean take(Announced entry) {
        return !entry.equals(said.put(entry.member().id(), entry));
    }

    /** This node's own. Another state or another life, after a merge, is news to everybody. */
    void own(Announced own) {
        if (take(own)) {
            told.clear();
        }
    }

    /** The others that have not been told, who then count as told. */
    List<NodeId> untold(List<Seat> seats, NodeId self) {
        return seats.stream()
                .filter(seat -> !seat.node().equals(self) && told.add(seat.life()))
                .map(Seat::node)
                .toList();
    }

    /** What the composer knows of the others, for the day this node composes. */
    void learn(Composed adopted) {
        adopted.announced().forEach(entry -> said.putIfAbsent(entry.member().id(), entry.ranked(0)));
    }

    Map<UUID, Announced> lives() {
        return said.values().stream().collect(Collectors.toMap(Announced::life, entry -> entry, (one, other) -> other));
    }

    /** Forgets having told those who are gone. */
    void keep(List<Seat> seats) {
        told.retainAll(seats.stream().map(Seat::life).collect(Collectors.toSet()));
    }

    void clear() {
        said.clear();
        told.clear();
    }
}
