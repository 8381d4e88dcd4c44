package org.sipring.testkit;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Table;
import org.sipring.testkit.contract.TableContract;

class NodeTableContractTest extends TableContract {
    private final TwoNodes nodes = new TwoNodes();

    @Override
    protected <V> Table<V> open(Table.Spec<V> spec) {
        nodes.younger.table(spec);
        return nodes.elder.table(spec);
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        return nodes.time.until(stage);
    }

    @Override
    protected void pass(Duration time) {
        nodes.elder.host().jump(time);
        nodes.younger.host().jump(time);
    }
}
