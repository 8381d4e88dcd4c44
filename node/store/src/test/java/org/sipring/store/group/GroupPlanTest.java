package org.sipring.store.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.api.NodeId;
import org.sipring.store.group.Voter.Condition;

final class GroupPlanTest {
    /** Voters in letters, the leader first: w(ell), b(ehind), a(way), l(ost), m(oved), r(emoved); in capitals if unwanted. */
    private static List<Voter> voters(String letters) {
        List<Voter> voters = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            voters.add(new Voter(
                    name("v" + (i + 1), "first"),
                    Arrays.stream(Condition.values())
                            .filter(condition -> condition.name().charAt(0) == Character.toUpperCase(letter))
                            .findFirst()
                            .orElseThrow(),
                    Character.isUpperCase(letter)));
        }
        return voters;
    }

    private static ReplicaName name(String node, String folder) {
        return new ReplicaName(new NodeId(node), UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<ReplicaName> candidates(int count) {
        List<ReplicaName> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(name("c" + i, "first"));
        }
        return names;
    }

    private static String words(Optional<Step> step) {
        return step.map(change -> change.leaves()
                                .map(name -> "-" + name.node().value())
                                .orElse("")
                        + change.joins().map(name -> "+" + name.node().value()).orElse(""))
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
        "rww,1,3,-v1+c1",
        "rww,0,3,-v1",
        // Fewer are wanted: who is removed gets no successor, and who merely fails keeps its place.
        "wwwrr,1,3,-v4",
        "wwwr,1,3,-v4",
        "wwr,1,1,-v3",
        "ww,1,1,-v2",
        "wwww,0,3,-v4",
        "wwwa,0,3,nothing",
        "wwwl,0,3,nothing",
        "wwwww,0,3,nothing",
        "wwwll,0,3,nothing",
        "wwwaa,0,1,nothing",
        "www,0,1,nothing",
        "wwl,0,1,nothing",
        // Who has moved leaves and comes again; with one alone, another must be there first.
        "wwm,0,3,-v3",
        "wwm,1,3,-v3+c1",
        "wma,1,3,nothing",
        "m,0,1,nothing",
        "m,2,3,+c1",
        "mw,1,3,+c1",
        "mww,0,3,-v1",
        "r,1,1,+c1",
        "rw,0,1,-v1",
        // Who is unwanted is replaced at once, dead or alive,
        "wwA,1,3,-v3+c1",
        "wwB,1,3,-v3+c1",
        "wwW,1,3,-v3+c1",
        "Www,1,3,-v1+c1",
        "wwA,1,1,-v3+c1",
        "wwWW,2,3,-v3",
        "wwwAA,1,5,-v4+c1",
        // with another in its place only,
        "wwA,0,3,nothing",
        "wwW,0,3,nothing",
        "wwA,0,1,nothing",
        "wwwwW,0,3,nothing",
        "W,0,1,nothing",
        "W,0,3,nothing",
        // also where it is the only one: the other joins first, also where there are to be three,
        "W,1,1,+c1",
        "W,1,3,+c1",
        "Wb,0,1,nothing",
        "Wa,1,1,nothing",
        "Ww,0,1,-v1",
        "wW,0,1,-v2",
        "Ww,0,3,-v1",
        "wWww,0,3,-v2",
        // as long as a majority is well, and while it lives only when the one before it has been replaced to the end.
        "waW,1,3,nothing",
        "wAA,2,3,nothing",
        "wbW,1,3,nothing",
        "wwwbW,1,5,nothing",
        "wwwbA,1,5,-v5+c1"
    })
    void oneStepAtATime(String voters, int candidates, int wanted, String step) {
        assertThat(words(GroupPlan.next(voters(voters), candidates(candidates), wanted)))
                .isEqualTo(step);
    }

    @Test
    void aNodeHasOneVote() {
        ReplicaName anew = name("v2", "second");

        assertThat(GroupPlan.next(voters("wrw"), List.of(anew), 3))
                .as("in the place of its own former one")
                .contains(Step.replace(name("v2", "first"), anew));
        assertThat(GroupPlan.next(voters("wwl"), List.of(anew), 3))
                .as("in the place of another")
                .isEmpty();
        assertThat(GroupPlan.next(voters("www"), List.of(anew), 5))
                .as("one more")
                .isEmpty();
    }

    @Test
    void noStepLeavesAGroupThatCannotWrite() {
        Random chance = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder letters =
                    new StringBuilder("wmrW".substring(chance.nextInt(4)).substring(0, 1));
            for (int more = chance.nextInt(5); more > 0; more--) {
                letters.append("wwbalmrWBA".charAt(chance.nextInt(10)));
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
        List<ReplicaName> well = voters.stream()
                .filter(voter -> voter.is(Condition.WELL) || voter.equals(voters.get(0)))
                .map(Voter::name)
                .toList();
        long staying = well.stream()
                .filter(name -> !step.leaves().equals(Optional.of(name)))
                .count();
        int size = voters.size()
                - (step.leaves().isPresent() ? 1 : 0)
                + (step.joins().isPresent() ? 1 : 0);
        boolean firstSecond = voters.size() == 1 && step.leaves().isEmpty();
        return 2 * well.size() > voters.size() && (2L * staying > size || firstSecond);
    }

    @Test
    void whoLeavesAGroupThatHasGrownForThatIsSucceeded() {
        Step leaves = Step.remove(name("v1", "first"));

        assertThat(GroupPlan.isSucceeded(leaves, voters("Ww"))).isTrue();
        assertThat(GroupPlan.isSucceeded(leaves, voters("rw"))).isFalse();
        assertThat(GroupPlan.isSucceeded(leaves, voters("wW"))).isFalse();
        assertThat(GroupPlan.isSucceeded(leaves, voters("Rww"))).isFalse();
    }

    @Test
    void noOrderMakesAGroupSmallerThanTheOddOneThatItWas() {
        for (String unwanted : List.of("W", "B", "A", "L")) {
            for (int wanted : new int[] {1, 3, 5}) {
                for (String well : List.of("", "ww", "wwww")) {
                    assertThat(GroupPlan.next(voters(well + unwanted), candidates(0), wanted))
                            .as("%s%s, %d wanted", well, unwanted, wanted)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void onlyWhoIsGoneForGoodLeavesWithoutASuccessor() {
        for (String failed : List.of("b", "a", "l")) {
            for (int wanted : new int[] {1, 3, 5}) {
                for (String well : List.of("w", "ww", "wwww")) {
                    assertThat(GroupPlan.next(voters(well + failed), candidates(0), wanted))
                            .as("%s%s, %d wanted", well, failed, wanted)
                            .isEmpty();
                }
            }
        }
    }
}
