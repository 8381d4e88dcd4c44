package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimCluster;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTime;

/** Clocks that are wrong, in a simulated world. */
final class ClockWatchTest {
    private static final Duration A_WHILE = Duration.ofSeconds(15);

    private final SimTime time = new SimTime();
    private final SimCluster cluster = new SimCluster(time, new SimNetwork(new SimChance(1)), new SimChance(2));
    private final Map<String, ClockWatch> watches = new HashMap<>();
    private final List<String> fit = new ArrayList<>();

    @Test
    void aNodeAloneIsFit() {
        start("n1", Duration.ofHours(-3));

        assertThat(fit).containsExactly("n1");
    }

    @Test
    void onlyTheNodeWhoseClockIsWrongIsTold() {
        start("n1", Duration.ZERO);
        start("n2", Duration.ZERO);
        SimNode wrong = start("n3", Duration.ZERO);
        wrong.host().jump(Duration.ofSeconds(5));
        time.advance(A_WHILE);

        assertThat(watch("n3").alarms()).singleElement().asString().contains("5 s ahead of");
        assertThat(watch("n1").alarms()).isEmpty();
        assertThat(watch("n2").alarms()).isEmpty();
    }

    @Test
    void aClockThatIsFarOffKeepsANodeOutUntilItIsSetRight() {
        start("n1", Duration.ZERO);
        start("n2", Duration.ZERO);
        SimNode wrong = start("n3", Duration.ofSeconds(-40));
        assertThat(fit).containsExactly("n1", "n2");
        assertThat(watch("n3").alarms()).singleElement().asString().contains("40 s behind");

        wrong.host().jump(Duration.ofSeconds(40));
        time.advance(A_WHILE);
        assertThat(fit).containsExactly("n1", "n2", "n3");
        assertThat(watch("n3").alarms()).isEmpty();
    }

    @Test
    void aNodeThatDoesNotAnswerIsNotCounted() {
        SimNode silent = start("n1", Duration.ofSeconds(50));
        start("n2", Duration.ofSeconds(50));
        silent.host().hang();
        start("n3", Duration.ofSeconds(50));

        assertThat(fit).contains("n3");
    }

    /** Starts a node and lets it look at the others. */
    private SimNode start(String name, Duration offset) {
        SimNode node = cluster.start(new Member(
                new NodeId(name), "192.0.2.1", Set.of(RoleName.PROXY), 100, "test", NodeState.JOINING, 0, 0, false));
        node.host().jump(offset);
        time.advance(A_WHILE);
        ClockWatch watch = new ClockWatch(node, node.host().ticker());
        watches.put(name, watch);
        CompletionStage<?> ready = watch.start();
        ready.thenRun(() -> fit.add(name));
        time.advance(A_WHILE);
        return node;
    }

    private ClockWatch watch(String name) {
        return Objects.requireNonNull(watches.get(name));
    }
}
