package org.sipring.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeState;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.api.View;
import org.sipring.testkit.contract.Journal;

class SimClusterTest {
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final SimTime time = new SimTime();
    private final SimNetwork network = new SimNetwork(new SimChance(1));
    private final SimCluster cluster = new SimCluster(time, network, new SimChance(2));
    private final SimNode n1 = start("n1");
    private final SimNode n2 = start("n2");
    private final SimNode n3 = start("n3");

    @BeforeEach
    void settle() {
        time.advance(TEN_SECONDS);
        assertThat(sides()).containsExactly("[n1, n2, n3]");
        assertThat(journal(n1).safe()).isTrue();
    }

    @Test
    void aKilledNodeIsOutAtOnceAndTheOldestComposes() {
        n1.host().kill();
        time.advance(HALF_A_SECOND);

        assertThat(names(n2)).containsExactly("n2", "n3");
        assertThat(n2.view().id()).isEqualTo(n3.view().id());
    }

    @Test
    void aHungNodeIsOutAfterFiveSeconds() {
        n1.host().hang();
        time.advance(Duration.ofSeconds(4));
        assertThat(names(n2)).hasSize(3);

        time.advance(Duration.ofMillis(2500));
        assertThat(names(n2)).containsExactly("n2", "n3");
    }

    @Test
    void aHungNodeThatGoesOnComesBackAsTheYoungest() {
        n1.host().hang();
        time.advance(TEN_SECONDS);
        n1.host().resume();
        time.advance(TEN_SECONDS);

        assertThat(sides()).containsExactly("[n2, n3, n1]");
        assertThat(n1.view().id()).isEqualTo(n2.view().id());
    }

    @Test
    void aNodeThatStartsAgainIsAnotherMember() {
        long boot = boot(n2, "n1");
        n1.host().kill();
        time.advance(HALF_A_SECOND);
        start("n1");
        time.advance(TEN_SECONDS);

        assertThat(names(n2)).containsExactly("n1", "n2", "n3");
        assertThat(boot(n2, "n1")).isNotEqualTo(boot);
    }

    @Test
    void afterAPowerCutAMajorityOfTheLastRosterForms() {
        List.of(n1, n2, n3).forEach(node -> node.host().kill());
        start("n2");
        time.advance(TEN_SECONDS);
        assertThat(sides()).isEmpty();

        start("n3");
        time.advance(TEN_SECONDS);
        assertThat(sides()).containsExactly("[n2, n3]");
    }

    @Test
    void bothSidesOfAPartitionGoOnAndMeetAgain() {
        network.part(List.of(n3.self()), List.of(n1.self(), n2.self()));
        time.advance(TEN_SECONDS);
        assertThat(sides()).containsExactly("[n1, n2]", "[n3]");
        add(n1, "left");
        add(n3, "right");

        network.mend();
        time.advance(TEN_SECONDS);
        assertThat(sides()).containsExactly("[n1, n2, n3]");
        assertThat(value(n2)).isEqualTo("left,right");
        assertThat(journal(n2).safe()).isTrue();
    }

    @Test
    void aOneWayCutSeparatesTheYoungerNode() {
        network.cut(n1.self(), n3.self());
        time.advance(TEN_SECONDS);

        assertThat(sides()).containsExactly("[n1, n2]", "[n3]");
    }

    @Test
    void whatWasAcknowledgedSurvivesACrashWhileSafe() {
        for (SimNode victim : List.of(n1, n2)) {
            assertThat(cluster.spare(victim)).isTrue();
            add(n3, victim.self().value());
            victim.host().kill();
            time.advance(TEN_SECONDS);
        }

        assertThat(value(n3)).isEqualTo("n1,n2");
        assertThat(journal(n3).safe()).isFalse();
    }

    @Test
    void aNodeThatLeavesHandsOverWhatItHolds() {
        add(n1, "kept");
        cluster.leave(n1);
        cluster.leave(n2);
        time.advance(TEN_SECONDS);

        assertThat(value(n3)).isEqualTo("kept");
    }

    @Test
    void aChangeWhoseBackupIsSilentIsUnknown() {
        n2.host().hang();
        n3.host().hang();

        assertThat(change(n1, "key", "x")).isInstanceOf(Outcome.Unknown.class);
    }

    private SimNode start(String name) {
        SimNode node = cluster.start(TwoNodes.proxy(name));
        journal(node);
        node.announce(NodeState.READY);
        time.advance(Duration.ofSeconds(2));
        return node;
    }

    private void add(SimNode node, String text) {
        assertThat(change(node, "key", text)).isInstanceOf(Outcome.Applied.class);
    }

    private Outcome<byte[]> change(SimNode node, String key, String text) {
        return time.until(journal(node).update(key, "add", Journal.bytes(text), text));
    }

    private String value(SimNode node) {
        return time.until(journal(node).get("key")).orElse("");
    }

    private static Table<String> journal(SimNode node) {
        return node.table(Journal.spec("journal"));
    }

    private List<String> sides() {
        return cluster.sides().stream().map(List::toString).toList();
    }

    private static List<String> names(SimNode node) {
        return node.view().members().stream()
                .map(Member::id)
                .map(Object::toString)
                .toList();
    }

    private static long boot(SimNode node, String name) {
        View view = node.view();
        return view.members().stream()
                .filter(member -> member.id().value().equals(name))
                .findFirst()
                .orElseThrow()
                .boot();
    }
}
