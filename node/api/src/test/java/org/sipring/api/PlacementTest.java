package org.sipring.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final Placement TWO = new Placement(RoleName.PROXY, 2);

    private final View five = Members.proxies(5);
    private final Set<NodeId> everybody = nodes(1, 2, 3, 4, 5);

    @Test
    void allThatMayTakeTheRoleDo() {
        assertThat(Placement.all(RoleName.PROXY).place(five, nodes(1, 3, 9), Map.of()))
                .isEqualTo(nodes(1, 3));
    }

    @Test
    void exactlySoManyAsThePolicySays() {
        assertThat(TWO.place(five, everybody, Map.of())).hasSize(2);
    }

    @Test
    void aNodeThatDrainsTakesNothing() {
        View draining = Members.view(five.members().stream()
                .map(member -> member.in(NodeState.DRAINING))
                .toList());

        assertThat(TWO.place(draining, everybody, Map.of())).isEmpty();
    }

    @Test
    void aNodeThatLeavesIsReplacedAndTheOthersStay() {
        Set<NodeId> before = TWO.place(five, everybody, Map.of());
        NodeId gone = before.iterator().next();
        View rest = Members.view(five.members().stream()
                .filter(member -> !member.id().equals(gone))
                .toList());

        Set<NodeId> after = TWO.place(rest, everybody, Map.of());
        assertThat(after).hasSize(2).doesNotContain(gone);
        assertThat(after).containsAnyElementsOf(before);
    }

    @Test
    void aFreshHolderKeepsTheRoleForTheDwellTime() {
        NodeId worst = worst();
        Duration almost = Placement.DWELL.minusMillis(1);

        assertThat(TWO.place(five, everybody, Map.of(worst, almost))).contains(worst);
        assertThat(TWO.place(five, everybody, Map.of(worst, Placement.DWELL))).doesNotContain(worst);
    }

    @Test
    void aFreshHolderThatMayNotHaveTheRoleLosesItAtOnce() {
        assertThat(TWO.place(five, nodes(1, 2), Map.of(new NodeId("n5"), Duration.ZERO)))
                .isEqualTo(nodes(1, 2));
    }

    @Test
    void differentRolesFallOnDifferentNodes() {
        Set<Set<NodeId>> places = IntStream.range(0, 20)
                .mapToObj(number -> new Placement(new RoleName("role" + number), 1).place(five, everybody, Map.of()))
                .collect(Collectors.toSet());

        assertThat(places).hasSize(5);
    }

    private NodeId worst() {
        Set<NodeId> four = new Placement(RoleName.PROXY, 4).place(five, everybody, Map.of());
        return List.copyOf(everybody).stream()
                .filter(node -> !four.contains(node))
                .findFirst()
                .orElseThrow();
    }

    private static Set<NodeId> nodes(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> new NodeId("n" + number))
                .collect(Collectors.toSet());
    }
}
