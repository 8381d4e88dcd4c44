package org.sipring.testkit;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.sipring.api.NodeId;
import org.sipring.api.Table;
import org.sipring.testkit.contract.TableContract;

class SimTableContractTest extends TableContract {
    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimOverlay overlay = new SimOverlay(new NodeId("n1"), ticker);

    @Override
    protected <V> Table<V> open(Table.Spec<V> spec) {
        return overlay.table(spec);
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        time.settle();
        return stage.toCompletableFuture().join();
    }

    @Override
    protected void pass(Duration duration) {
        ticker.host().jump(duration);
    }
}
