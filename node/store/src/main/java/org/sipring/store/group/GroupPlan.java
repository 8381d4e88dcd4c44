package org.sipring.store.group;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.store.group.Voter.Condition;

/**
 * What the leader does next for its group. One step at a time, each of which leaves a majority that is well. Only who is
 * removed for good leaves without a successor: a failure never makes the group smaller, for a smaller group would survive
 * fewer failures, and the replica may come back. Neither does an order: who is unwanted stays until another votes in its place.
 */
public final class GroupPlan {
    private static final int SMALL = 3;
    private static final int LARGE = 5;
    private static final int NODES_FOR_LARGE = 7;

    private final List<Voter> voters;
    private final List<ReplicaName> candidates;
    private final int wanted;

    private GroupPlan(List<Voter> voters, List<ReplicaName> candidates, int wanted) {
        this.voters = voters;
        this.candidates = candidates;
        this.wanted = wanted;
    }

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
     * @param voters the group, the leader first
     * @param candidates who may join, is ready and has no vote yet, the best one first
     * @param wanted how many voters there should be
     * @return the step; empty when nothing is to be done, or can be done safely
     */
    public static Optional<Step> next(List<Voter> voters, List<ReplicaName> candidates, int wanted) {
        return new GroupPlan(voters, candidates, wanted).next();
    }

    /**
     * Tells whether who leaves by a step, and is unwanted, has been succeeded: the group has grown for that before.
     *
     * @param step by which one leaves
     * @param voters the group
     * @return true when the step need not wait for a successor
     */
    public static boolean isSucceeded(Step step, List<Voter> voters) {
        return hasOneMore(voters)
                && voters.stream().filter(Voter::unwanted).map(Voter::name).anyMatch(name -> step.leaves()
                        .equals(Optional.of(name)));
    }

    // An even number bears no more failures than the odd one below.
    private static boolean hasOneMore(List<Voter> voters) {
        return voters.size() % 2 == 0;
    }

    private Optional<Step> next() {
        return voters.stream()
                .filter(Voter::isGone)
                .max(Comparator.comparing(Voter::condition))
                .filter(gone -> !mayWait(gone))
                .flatMap(this::without)
                .filter(this::isSafe)
                .or(() -> voters.stream().allMatch(this::answers) ? towards() : Optional.empty());
    }

    // Until whoever has joined last has caught up: nothing is lost meanwhile.
    private boolean mayWait(Voter gone) {
        return gone.is(Condition.WELL) && voters.stream().anyMatch(voter -> voter.is(Condition.BEHIND));
    }

    private Optional<Step> without(Voter gone) {
        boolean isSpared = (gone.isGoneForGood() && voters.size() > 1) || (gone.unwanted() && hasOneMore(voters));
        Optional<Step> remove = isSpared ? Optional.of(Step.remove(gone.name())) : Optional.empty();
        Optional<Step> replace =
                joinersBeside(others(gone)).findFirst().map(joiner -> Step.replace(gone.name(), joiner));
        return voters.size() > wanted ? remove.or(() -> replace) : replace.or(() -> remove);
    }

    private List<Voter> others(Voter gone) {
        return voters.stream().filter(voter -> !voter.equals(gone)).toList();
    }

    // A node has one vote: with two, its failure would be that of two replicas.
    private Stream<ReplicaName> joinersBeside(List<Voter> others) {
        return candidates.stream().filter(candidate -> others.stream()
                .noneMatch(voter -> voter.name().node().equals(candidate.node())));
    }

    // Who leads does answer, whatever is to become of it.
    private boolean answers(Voter voter) {
        return voter.is(Condition.WELL) || voter.equals(voters.get(0));
    }

    // A change needs a majority of the old group and one of the new. Who joins is counted as not there yet: it has
    // nothing, and may fail before it has caught up.
    private boolean isSafe(Step step) {
        long before = voters.stream().filter(this::answers).count();
        long after = voters.stream()
                .filter(this::answers)
                .filter(voter -> !step.leaves().equals(Optional.of(voter.name())))
                .count();
        int size = voters.size() - (step.shrinks() ? 1 : 0);
        return 2 * before > voters.size() && 2 * after > size;
    }

    private Optional<Step> towards() {
        long staying = voters.stream().filter(voter -> !voter.isGone()).count();
        if (staying < wanted) {
            return grow();
        }
        // A vote more than an odd number helps nobody.
        return hasOneMore(voters) ? Optional.of(Step.remove(last())) : Optional.empty();
    }

    // From one to two only on the way to three: a third must be there to follow. Or on the way to the other one.
    private Optional<Step> grow() {
        List<ReplicaName> joiners = joinersBeside(voters).toList();
        boolean moves = voters.size() == 1 && voters.get(0).unwanted();
        int missing = moves ? 1 : Math.min(wanted, SMALL) - voters.size();
        if (!joiners.isEmpty() && joiners.size() >= missing) {
            return Optional.of(Step.add(joiners.get(0)));
        }
        return voters.size() == 2 ? Optional.of(Step.remove(last())) : Optional.empty();
    }

    private ReplicaName last() {
        return voters.get(voters.size() - 1).name();
    }
}
