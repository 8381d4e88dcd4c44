package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.store.raft.Keepers;

final class StoreAlarmsTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final Keepers ONE = new Keepers(List.of(N1), Optional.of(N1));
    private static final Keepers LEADERLESS =
            new Keepers(List.of(new NodeId("n3"), N1, new NodeId("n2")), Optional.empty());

    private long nanos;
    private final StoreAlarms alarms = new StoreAlarms(() -> nanos);

    private List<String> after(int seconds, Keepers keepers, View view) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        return alarms.of(Optional.of(keepers), keepers.nodes(), view);
    }

    /** On a node that keeps no replica. */
    private List<String> elsewhere(int seconds, List<NodeId> keptBy, View view) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        return alarms.of(Optional.empty(), keptBy, view);
    }

    @Test
    void oneKeeperAmongSeveralNodesIsTooFew() {
        assertThat(after(0, ONE, view("n1", "n2"))).isEmpty();
        assertThat(after(29, ONE, view("n1", "n2"))).isEmpty();
        assertThat(after(1, ONE, view("n1", "n2")))
                .singleElement()
                .asString()
                .startsWith("only n1 keeps the platform's documents: when it dies, nothing can be changed")
                .contains("have three nodes with the role store")
                .endsWith("'sipring store replace n1'");
    }

    @Test
    void whereNoOtherMayKeepThemNobodyIsToldToMoveThem() {
        View view = new View(1, "p1", List.of(member("n1"), member("n2", RoleName.PROXY)));
        after(0, ONE, view);

        assertThat(after(30, ONE, view)).singleElement().asString().endsWith("have three nodes with the role store");
    }

    @Test
    void nodesThatKeepNoneSaySoAsWell() {
        elsewhere(0, List.of(N1), view("n1", "n2"));
        assertThat(elsewhere(30, List.of(N1), view("n1", "n2")))
                .singleElement()
                .asString()
                .startsWith("only n1 keeps");

        elsewhere(0, List.of(N1), view("n2"));
        assertThat(elsewhere(30, List.of(N1), view("n2")))
                .singleElement()
                .asString()
                .endsWith("bring back [n1]");
    }

    @Test
    void nodesThatKeepNoneMissAMajorityOnly() {
        elsewhere(0, LEADERLESS.nodes(), view("n1", "n2", "n4"));
        assertThat(elsewhere(30, LEADERLESS.nodes(), view("n1", "n2", "n4"))).isEmpty();

        elsewhere(0, LEADERLESS.nodes(), view("n1", "n4", "n5"));
        assertThat(elsewhere(30, LEADERLESS.nodes(), view("n1", "n4", "n5"))).hasSize(1);
    }

    @Test
    void whoDoesNotKnowWhoKeepsThemSaysNothing() {
        elsewhere(0, List.of(), view("n1", "n2"));
        assertThat(elsewhere(60, List.of(), view("n1", "n2"))).isEmpty();
    }

    @Test
    void aPlatformOfOneIsWell() {
        assertThat(after(0, ONE, view("n1"))).isEmpty();
        assertThat(after(60, ONE, view("n1"))).isEmpty();
    }

    @Test
    void withoutALeaderNothingCanBeChanged() {
        assertThat(after(0, LEADERLESS, view("n1"))).isEmpty();
        assertThat(after(30, LEADERLESS, view("n1"))).singleElement().asString().endsWith("bring back [n1, n2, n3]");
    }

    @Test
    void whatHasPassedBeginsAnew() {
        assertThat(after(0, LEADERLESS, view("n1"))).isEmpty();
        assertThat(after(29, ONE, view("n1"))).isEmpty();
        assertThat(after(1, LEADERLESS, view("n1"))).isEmpty();
        assertThat(after(29, LEADERLESS, view("n1"))).isEmpty();
        assertThat(after(1, LEADERLESS, view("n1"))).hasSize(1);
    }

    private static View view(String... nodes) {
        return new View(
                1, "p1", Arrays.stream(nodes).map(StoreAlarmsTest::member).toList());
    }

    private static Member member(String node) {
        return member(node, RoleName.STORE);
    }

    private static Member member(String node, RoleName role) {
        return new Member(new NodeId(node), "192.0.2.1", Set.of(role), 100, "test", NodeState.READY, 0, 0, false);
    }
}
