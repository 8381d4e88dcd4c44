package org.sipring.store.group;

import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.store.group.Voter.Condition;

/**
 * What the leader does next for its group. One step at a time, each of which leaves a majority that is well. A failure never
 * makes the group smaller: a smaller group would survive fewer failures, and the replica may come back.
 */
public final class GroupPlan {
    private static final int SMALL = 3;
    private static final int LARGE = 5;
    private static final int NODES_FOR_LARGE = 7;

    private GroupPlan() {}

    /**
     * How many replicas a platform keeps. Two would be worse than one: the loss of either stops all writes.
     *
     * @param nodes how many nodes may hold one
     * @return one, three or five
     */
    public static int wanted(int nodes) {
        if (nodes < SMALL) {
            return 1;
        }
        return nodes < NODES_FOR_LARGE ? SMALL : LARGE;
    }

    /**
     * Decides on the next step.
     *
     * @param voters the group, the leader among them
     * @param candidates who may join, is ready and has no vote yet, the best one first
     * @param wanted how many voters there should be
     * @return the step; empty when nothing is to be done, or can be done safely
     */
    public static Optional<Step> next(List<Voter> voters, List<NodeId> candidates, int wanted) {
        Optional<Voter> gone = first(voters, Condition.REMOVED).or(() -> first(voters, Condition.LOST));
        if (gone.isPresent()) {
            return without(gone.get(), voters, candidates).filter(step -> isSafe(step, voters));
        }
        boolean calm = voters.stream().allMatch(voter -> voter.is(Condition.WELL));
        return calm ? towards(voters, candidates, wanted) : Optional.empty();
    }

    private static Optional<Voter> first(List<Voter> voters, Condition condition) {
        return voters.stream().filter(voter -> voter.is(condition)).findFirst();
    }

    private static Optional<Step> without(Voter gone, List<Voter> voters, List<NodeId> candidates) {
        if (!candidates.isEmpty()) {
            return Optional.of(Step.replace(gone.node(), candidates.get(0)));
        }
        boolean forGood = gone.is(Condition.REMOVED) && voters.size() > 1;
        return forGood ? Optional.of(Step.remove(gone.node())) : Optional.empty();
    }

    // A change needs a majority of the old group and one of the new. Who joins is counted as not there yet: it has
    // nothing, and may fail before it has caught up.
    private static boolean isSafe(Step step, List<Voter> voters) {
        long well = voters.stream().filter(voter -> voter.is(Condition.WELL)).count();
        int size = voters.size() - (step.joins().isPresent() ? 0 : 1);
        return 2 * well > Math.max(size, voters.size());
    }

    private static Optional<Step> towards(List<Voter> voters, List<NodeId> candidates, int wanted) {
        int size = voters.size();
        if (size < wanted) {
            return grow(voters, candidates, wanted);
        }
        return size > wanted ? Optional.of(Step.remove(last(voters))) : Optional.empty();
    }

    // From one to two only on the way to three: a third must be there to follow.
    private static Optional<Step> grow(List<Voter> voters, List<NodeId> candidates, int wanted) {
        int missing = Math.min(wanted, SMALL) - voters.size();
        if (!candidates.isEmpty() && candidates.size() >= missing) {
            return Optional.of(Step.add(candidates.get(0)));
        }
        return voters.size() == 2 ? Optional.of(Step.remove(last(voters))) : Optional.empty();
    }

    private static NodeId last(List<Voter> voters) {
        return voters.get(voters.size() - 1).node();
    }
}
