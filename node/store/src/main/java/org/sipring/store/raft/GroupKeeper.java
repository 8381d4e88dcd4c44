package org.sipring.store.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.sipring.store.group.GroupDocuments;
import org.sipring.store.group.GroupPlan;
import org.sipring.store.group.Kept;
import org.sipring.store.group.ReplicaName;
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
    private final GroupDocuments documents;
    private final Grace grace;
    // Who could not join comes after the others.
    private final Map<ReplicaName, Integer> failures = new HashMap<>();
    // Who has left comes again under another name, or not at all.
    private final Set<ReplicaName> left = new HashSet<>();
    // That one is to leave and none to join, and since when.
    private Optional<Step> shrinking = Optional.empty();
    private long shrinkingSinceNanos;
    private List<String> told = List.of();

    /**
     * How long the group waits.
     *
     * @param absence for a replica that is away, before another takes its place
     * @param successor for one that could join, before the group becomes smaller: who has moved, or begins anew, is there
     *     within seconds
     */
    record Grace(Duration absence, Duration successor) {
        /** A restart of a machine takes minutes. */
        static final Grace USUAL = new Grace(Duration.ofMinutes(10), Duration.ofSeconds(30));

        /** Whether a replica that has said nothing for so long has been waited for long enough. */
        boolean isOver(Duration silence) {
            return silence.compareTo(absence) > 0;
        }
    }

    /**
     * Looks at nothing yet.
     *
     * @param replica this node's
     * @param nodes those of the platform
     * @param documents what the store says of the group
     * @param grace how long it waits
     */
    GroupKeeper(Replica replica, Nodes nodes, GroupDocuments documents, Grace grace) {
        this.replica = replica;
        this.nodes = nodes;
        this.documents = documents;
        this.grace = grace;
    }

    /**
     * Takes one step where this replica leads and one is due; to be called about every second.
     *
     * @param nanos now, by monotonic time
     */
    void look(long nanos) {
        if (replica.leading().isEmpty()) {
            shrinking = Optional.empty();
            return;
        }
        // Before the group: whoever is named has been taken in by then, and is not among the voters once it has left.
        Set<ReplicaName> unwanted = documents.unwanted();
        replica.leading().ifPresent(view -> {
            tell(names(view.peers()));
            documents.update(view.peers().stream().map(this::kept).toList());
            step(view, unwanted, nanos);
        });
    }

    private void tell(List<String> now) {
        if (!now.equals(told)) {
            told = now;
            LOG.info("the store is kept by {}", now);
        }
    }

    private Kept kept(Peer voter) {
        return new Kept(voter.name(), nodes.certificate(voter.node()));
    }

    private void step(LeaderView view, Set<ReplicaName> unwanted, long nanos) {
        List<Peer> running = nodes.running();
        List<Voter> voters = view.voters().stream()
                .map(voter -> new Voter(
                        voter.peer().name(),
                        condition(voter, running),
                        unwanted.contains(voter.peer().name())))
                .toList();
        List<Peer> candidates = candidates(view, running);
        Optional<Step> due = GroupPlan.next(
                voters, candidates.stream().map(Peer::name).toList(), GroupPlan.wanted(nodes.expected()));
        // Who leaves a group that has grown for that is succeeded already.
        Optional<Step> early = due.filter(Step::shrinks).filter(step -> !GroupPlan.isSucceeded(step, voters));
        note(early, nanos);
        due.filter(step -> early.isEmpty() || isRipe(nanos)).ifPresent(step -> change(view.peers(), step, candidates));
    }

    private void note(Optional<Step> shrinks, long nanos) {
        if (!shrinks.equals(shrinking)) {
            shrinking = shrinks;
            shrinkingSinceNanos = nanos;
        }
    }

    private boolean isRipe(long nanos) {
        return Duration.ofNanos(nanos - shrinkingSinceNanos).compareTo(grace.successor()) >= 0;
    }

    private Voter.Condition condition(LeaderView.Seen voter, List<Peer> running) {
        if (isRemoved(voter.peer()) || hasAnother(voter.peer(), running)) {
            return Voter.Condition.REMOVED;
        }
        if (hasMoved(voter.peer(), running)) {
            return Voter.Condition.MOVED;
        }
        if (grace.isOver(voter.silence())) {
            return Voter.Condition.LOST;
        }
        if (voter.silence().compareTo(AWAY) > 0) {
            return Voter.Condition.AWAY;
        }
        return voter.lag() > BEHIND ? Voter.Condition.BEHIND : Voter.Condition.WELL;
    }

    // Who leads now may never have heard of its node.
    private boolean isRemoved(Peer voter) {
        return nodes.certificate(voter.node())
                .or(() -> documents.certificate(voter.name()))
                .filter(nodes::isRevoked)
                .isPresent();
    }

    // Its node came back with an empty disk.
    private static boolean hasAnother(Peer voter, List<Peer> running) {
        return running.stream().anyMatch(peer -> peer.node().equals(voter.node()) && !peer.same(voter));
    }

    private static boolean hasMoved(Peer voter, List<Peer> running) {
        return running.stream()
                .anyMatch(peer -> peer.same(voter) && !peer.address().equals(voter.address()));
    }

    private List<Peer> candidates(LeaderView view, List<Peer> running) {
        return running.stream()
                .filter(peer -> view.peers().stream().noneMatch(peer::same))
                .filter(peer -> !left.contains(peer.name()))
                .filter(peer -> !nodes.removed(peer.node()))
                .sorted(Comparator.comparing(peer -> failures.getOrDefault(peer.name(), 0)))
                .toList();
    }

    private void change(List<Peer> voters, Step step, List<Peer> candidates) {
        List<Peer> next = after(step, voters, candidates);
        // Also where no answer comes, it may be done.
        step.leaves().ifPresent(left::add);
        try {
            replica.change(voters, next);
        } catch (ReconfigurationInProgressException former) {
            LOG.debug("the step before this one is not over", former);
        } catch (TimeoutIOException unanswered) {
            // All documents have to come to who joins.
            count(step);
            LOG.info("the store is kept by {}, and is to be by {}: that takes a while", names(voters), names(next));
        } catch (IOException failure) {
            count(step);
            LOG.warn(
                    "the store is kept by {}, and could not be given to {}: {}; it is tried again",
                    names(voters),
                    names(next),
                    failure.getMessage());
        }
    }

    private void count(Step failed) {
        failed.joins().ifPresent(joiner -> failures.merge(joiner, 1, Integer::sum));
    }

    private static List<Peer> after(Step step, List<Peer> voters, List<Peer> candidates) {
        List<Peer> next = new ArrayList<>(voters);
        next.removeIf(named(step.leaves()));
        candidates.stream().filter(named(step.joins())).forEach(next::add);
        return next;
    }

    private static Predicate<Peer> named(Optional<ReplicaName> name) {
        return peer -> name.equals(Optional.of(peer.name()));
    }

    private static List<String> names(List<Peer> peers) {
        return peers.stream().map(peer -> peer.node().value()).toList();
    }
}
