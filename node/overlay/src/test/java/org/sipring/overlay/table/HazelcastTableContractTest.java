package org.sipring.overlay.table;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.sipring.api.Table;
import org.sipring.testkit.contract.TableContract;

/** The contract of tables, asked of the real ones: from one member, of keys that both own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HazelcastTableContractTest extends TableContract {
    private TestPlatform platform;

    @BeforeAll
    void start() {
        platform = new TestPlatform(2);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Override
    protected <V> Table<V> open(Table.Spec<V> spec) {
        platform.node(2).tables.open(spec);
        return platform.node(1).tables.open(spec);
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        return TestPlatform.result(stage);
    }

    @Override
    protected void pass(Duration time) {
        platform.nodes.forEach(node -> node.clock.pass(time));
    }
}
