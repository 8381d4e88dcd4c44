package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.LargeValues;
import org.sipring.api.Store;
import org.sipring.testkit.contract.LargeValuesContract;

/** The contract of large values, asked of a group of one. */
@Tag("acceptance")
@Timeout(60)
final class RaftLargeValuesTest extends LargeValuesContract {
    // From the future: no clock need move.
    private static final Duration GRACE = Duration.ofDays(-1);

    private final TestGroup group;
    private final RaftStore store;

    RaftLargeValuesTest(@TempDir Path dir) throws Exception {
        group = new TestGroup(dir);
        store = group.seat(1).store();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected LargeValues large() {
        return store;
    }

    @Override
    protected void sweep() {
        store.sweep(GRACE).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        store.catchUp().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
