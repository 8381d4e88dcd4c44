package org.sipring.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sipring.api.Member;
import org.sipring.api.NodeState;

/**
 * Nodes that are one cluster: those who hear each other. The oldest composes their views. A partition makes two groups
 * of one, and each goes on.
 */
final class Group {
    /** When it looks for another group to merge with, by the age of the connection. */
    final Duration mergePatience;

    private final List<SimNode> byAge;
    private final Map<SimNode, Member> shown = new HashMap<>();
    private Seats seats;
    private Roster roster = Roster.NONE;

    Group(List<SimNode> byAge, Seats seats, Duration mergePatience) {
        this.byAge = List.copyOf(byAge);
        this.seats = seats;
        this.mergePatience = mergePatience;
        byAge.forEach(node -> {
            node.belongTo(this);
            shown.put(node, node.said());
        });
    }

    /** What the members are told. A greater version is newer. */
    record Roster(long version, List<Member> members) {
        static final Roster NONE = new Roster(0, List.of());
    }

    List<SimNode> members() {
        return byAge;
    }

    SimNode oldest() {
        return byAge.get(0);
    }

    Seats seats() {
        return seats;
    }

    /** Moves the data to where it belongs now. */
    void settle() {
        seats = seats.settle(byAge);
    }

    boolean dead() {
        return byAge.stream().allMatch(SimNode::killed);
    }

    /** Whether everybody runs and hears everybody. */
    boolean whole(Links links) {
        return byAge.stream()
                .allMatch(node ->
                        node.running() && byAge.stream().allMatch(other -> links.calm(node, other, Duration.ZERO)));
    }

    Roster roster() {
        return roster;
    }

    /** Takes up what the members announced, as far as the oldest heard it. */
    void compose(Links links, long version) {
        byAge.stream()
                .filter(node -> links.calm(oldest(), node, Duration.ZERO) && node.running())
                .forEach(node -> shown.put(node, node.said()));
        List<Member> now = new ArrayList<>();
        byAge.forEach(node -> now.add(
                shown.getOrDefault(node, node.said().in(NodeState.JOINING)).ranked(node.rank())));
        if (!now.equals(roster.members())) {
            roster = new Roster(version, List.copyOf(now));
        }
    }

    /** Divides the members into those who hear each other; the older ones choose first. */
    List<List<SimNode>> cliques(Links links) {
        List<List<SimNode>> cliques = new ArrayList<>();
        List<SimNode> rest = new ArrayList<>(byAge);
        while (!rest.isEmpty()) {
            List<SimNode> clique = new ArrayList<>();
            for (SimNode node : rest) {
                if (clique.stream().noneMatch(member -> links.suspect(member, node))) {
                    clique.add(node);
                }
            }
            rest.removeAll(clique);
            cliques.add(clique);
        }
        return cliques;
    }
}
