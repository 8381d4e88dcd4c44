package org.sipring.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.sipring.api.Overlay;
import org.sipring.testkit.contract.CrashContract;

class SimCrashContractTest extends CrashContract {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private final SimTime time = new SimTime();
    private final SimCluster cluster = new SimCluster(time, new SimNetwork(new SimChance(1)), new SimChance(2));
    private final Map<Integer, SimNode> nodes = new TreeMap<>();

    @BeforeEach
    void start() {
        for (int number = 1; number <= 3; number++) {
            restart(number);
        }
    }

    @Override
    protected Overlay node(int number) {
        return Objects.requireNonNull(nodes.get(number));
    }

    @Override
    protected void kill(int number) {
        Objects.requireNonNull(nodes.get(number)).host().kill();
    }

    @Override
    protected void restart(int number) {
        SimNode node = cluster.start(TwoNodes.proxy("n" + number));
        node.table(spec());
        nodes.put(number, node);
        time.advance(LONG_ENOUGH);
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        return time.until(stage);
    }

    @Override
    protected void untilSafe() {
        time.advance(LONG_ENOUGH);
    }
}
