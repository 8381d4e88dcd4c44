package org.sipring.api;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which nodes take a role, when not all that may shall. Pure: equal views give equal placements everywhere. It is a
 * hint; what must be exclusive has a fence of its own.
 *
 * @param role the role to place
 * @param count how many nodes take it
 */
public record Placement(RoleName role, int count) {
    /** How long a node keeps a role that it took, while it can, before a better placed one may have it. */
    public static final Duration DWELL = Duration.ofSeconds(30);

    /**
     * All nodes that may take a role do.
     *
     * @param role the role to place
     * @return the placement
     */
    public static Placement all(RoleName role) {
        return new Placement(role, Integer.MAX_VALUE);
    }

    /**
     * Places the role.
     *
     * @param view the members; those that drain take nothing
     * @param permitted whose certificates permit the role
     * @param held who has it now, and for how long
     * @return who shall have it, sorted by name; fewer than {@code count} when there are not enough
     */
    public Set<NodeId> place(View view, Set<NodeId> permitted, Map<NodeId, Duration> held) {
        List<NodeId> ranked = ranked(view, permitted);
        Stream<NodeId> settling = ranked.stream().filter(node -> settling(node, held));
        Stream<NodeId> others = ranked.stream().filter(node -> !settling(node, held));
        return Stream.concat(settling, others).limit(count).collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    private List<NodeId> ranked(View view, Set<NodeId> permitted) {
        long item = Hash.of(role.value());
        return view.members().stream()
                .filter(member -> member.state() != NodeState.DRAINING && permitted.contains(member.id()))
                .sorted(Comparator.comparingDouble((Member member) -> -score(member, item)))
                .map(Member::id)
                .toList();
    }

    private static double score(Member member, long item) {
        return Rendezvous.score(Hash.of(member.id().value()), item, member.weight());
    }

    private static boolean settling(NodeId node, Map<NodeId, Duration> held) {
        Duration time = held.get(node);
        return time != null && time.compareTo(DWELL) < 0;
    }
}
