package org.sipring.store.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sipring.api.NodeId;
import org.sipring.store.group.GroupPlan;
import org.sipring.store.group.Step;
import org.sipring.store.group.Voter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the group grow, and puts others in the place of replicas that are gone, while this node's replica leads. Lives in a
 * room that may block for some seconds.
 */
final class GroupKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(GroupKeeper.class);
    private static final Duration AWAY = Duration.ofSeconds(3);
    // Who has yet to get more entries than this has not caught up; the leader keeps many more.
    private static final long BEHIND = 1_000;

    private final Replica replica;
    private final Nodes nodes;
    private final Duration grace;
    // Who could not join comes after the others.
    private final Map<UUID, Integer> failures = new HashMap<>();

    /**
     * Looks at nothing yet.
     *
     * @param replica this node's
     * @param nodes those of the platform
     * @param grace how long a replica may be away before another takes its place
     */
    GroupKeeper(Replica replica, Nodes nodes, Duration grace) {
        this.replica = replica;
        this.nodes = nodes;
        this.grace = grace;
    }

    /** Takes one step where this replica leads and one is due; to be called about every second. */
    void look() {
        replica.leading().ifPresent(this::step);
    }

    private void step(LeaderView view) {
        List<Voter> voters = view.voters().stream()
                .map(voter -> new Voter(voter.node(), condition(voter, view)))
                .toList();
        List<Peer> candidates = candidates(view);
        Optional<Step> step = GroupPlan.next(
                voters, candidates.stream().map(Peer::node).toList(), GroupPlan.wanted(nodes.expected()));
        step.ifPresent(due -> change(view, after(due, view.voters(), candidates)));
    }

    private Voter.Condition condition(Peer voter, LeaderView view) {
        Duration silence = view.silence(voter);
        if (nodes.removed(voter.node()) || hasAnother(voter)) {
            return Voter.Condition.REMOVED;
        }
        if (silence.compareTo(grace) > 0) {
            return Voter.Condition.LOST;
        }
        if (silence.compareTo(AWAY) > 0) {
            return Voter.Condition.AWAY;
        }
        return view.lag(voter) > BEHIND ? Voter.Condition.BEHIND : Voter.Condition.WELL;
    }

    // Its node came back with an empty disk.
    private boolean hasAnother(Peer voter) {
        return nodes.running().stream().anyMatch(peer -> peer.node().equals(voter.node()) && !peer.same(voter));
    }

    private List<Peer> candidates(LeaderView view) {
        return nodes.running().stream()
                .filter(peer -> view.voters().stream().noneMatch(peer::same))
                .filter(peer -> !nodes.removed(peer.node()))
                .sorted(Comparator.comparing(peer -> failures.getOrDefault(peer.folder(), 0)))
                .toList();
    }

    private static List<Peer> after(Step step, List<Peer> voters, List<Peer> candidates) {
        List<Peer> next = new ArrayList<>(voters);
        step.leaves().ifPresent(node -> next.removeIf(voter -> voter.node().equals(node)));
        step.joins().ifPresent(node -> next.add(named(node, candidates)));
        return next;
    }

    private static Peer named(NodeId node, List<Peer> candidates) {
        return candidates.stream()
                .filter(peer -> peer.node().equals(node))
                .findFirst()
                .orElseThrow();
    }

    private void change(LeaderView view, List<Peer> next) {
        try {
            replica.change(view.voters(), next);
            LOG.info("the store is kept by {}", names(next));
        } catch (IOException failure) {
            next.stream()
                    .filter(peer -> view.voters().stream().noneMatch(peer::same))
                    .forEach(joiner -> failures.merge(joiner.folder(), 1, Integer::sum));
            LOG.warn(
                    "the store is kept by {}, and could not be given to {}: {}; it is tried again",
                    names(view.voters()),
                    names(next),
                    failure.getMessage());
        }
    }

    private static List<NodeId> names(List<Peer> peers) {
        return peers.stream().map(Peer::node).toList();
    }
}
