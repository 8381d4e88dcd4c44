package org.sipring.store.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.api.NodeId;
import org.sipring.store.group.Voter.Condition;

final class GroupPlanTest {
    /** Voters in letters, the leader first: w(ell), b(ehind), a(way), l(ost), r(emoved). */
    private static List<Voter> voters(String letters) {
        List<Voter> voters = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            voters.add(new Voter(
                    new NodeId("v" + (i + 1)),
                    Arrays.stream(Condition.values())
                            .filter(condition ->
                                    Character.toLowerCase(condition.name().charAt(0)) == letter)
                            .findFirst()
                            .orElseThrow()));
        }
        return voters;
    }

    private static List<NodeId> candidates(int count) {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            nodes.add(new NodeId("c" + i));
        }
        return nodes;
    }

    private static String words(Optional<Step> step) {
        return step.map(change ->
                        change.leaves().map(node -> "-" + node.value()).orElse("")
                                + change.joins().map(node -> "+" + node.value()).orElse(""))
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,3", "6,3", "7,5", "100,5"})
    void thereAreOneThreeOrFive(int nodes, int wanted) {
        assertThat(GroupPlan.wanted(nodes)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        // Growing: one at a time, and to two only when a third is there.
        "w,0,1,nothing",
        "w,1,3,nothing",
        "w,2,3,+c1",
        "ww,1,3,+c1",
        "wb,1,3,nothing",
        "www,4,5,+c1",
        "www,1,5,+c1",
        "wwww,1,5,+c1",
        "wwww,0,5,nothing",
        // Two are worse than one.
        "ww,0,3,-v2",
        "wa,0,3,nothing",
        // A failure changes nothing until it has lasted.
        "wwa,3,3,nothing",
        "wwb,3,3,nothing",
        "wwl,1,3,-v3+c1",
        "wwl,0,3,nothing",
        "wlb,1,3,nothing",
        "wla,1,3,nothing",
        "wwwll,1,5,-v4+c1",
        "wwwll,0,5,nothing",
        "wl,1,3,nothing",
        // Taken out for good.
        "wwr,1,3,-v3+c1",
        "wwr,0,3,-v3",
        "wwwrr,0,5,-v4",
        "wwwr,0,3,-v4",
        "wwrr,0,3,nothing",
        "wrr,0,3,nothing",
        "wrb,0,3,nothing",
        "wr,0,1,nothing",
        // Fewer are wanted.
        "wwwww,0,3,-v5",
        "wwwa,0,3,nothing",
        "www,0,1,-v3"
    })
    void oneStepAtATime(String voters, int candidates, int wanted, String step) {
        assertThat(words(GroupPlan.next(voters(voters), candidates(candidates), wanted)))
                .isEqualTo(step);
    }

    @Test
    void noStepLeavesAGroupThatCannotWrite() {
        Random chance = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder letters = new StringBuilder("w");
            for (int more = chance.nextInt(5); more > 0; more--) {
                letters.append("wwbalr".charAt(chance.nextInt(6)));
            }
            List<Voter> voters = voters(letters.toString());
            Optional<Step> step = GroupPlan.next(voters, candidates(chance.nextInt(4)), 1 + 2 * chance.nextInt(3));
            step.ifPresent(change -> assertThat(canWrite(change, voters))
                    .as("%s of %s", words(step), letters)
                    .isTrue());
        }
    }

    // Also when whoever joins never comes up. The step itself is written by the old group and by the new one.
    private static boolean canWrite(Step step, List<Voter> voters) {
        long wellNow = voters.stream().filter(voter -> voter.is(Condition.WELL)).count();
        long well = voters.stream()
                .filter(voter -> voter.is(Condition.WELL))
                .filter(voter -> !step.leaves().equals(Optional.of(voter.node())))
                .count();
        int size = voters.size()
                - (step.leaves().isPresent() ? 1 : 0)
                + (step.joins().isPresent() ? 1 : 0);
        boolean firstSecond = voters.size() == 1 && step.joins().isPresent();
        return 2 * wellNow > voters.size() && (2 * well > size || firstSecond);
    }
}
