package org.sipring.store.raft;

import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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

    private final LoneReplica replica;

    RaftLargeValuesTest(@TempDir Path dir) throws Exception {
        replica = new LoneReplica(dir);
    }

    @AfterEach
    void close() throws IOException {
        replica.close();
    }

    @Override
    protected Store store() {
        return replica.store();
    }

    @Override
    protected LargeValues large() {
        return replica.store();
    }

    @Override
    protected void sweep() {
        await(replica.store().sweep(GRACE));
        await(replica.store().catchUp());
    }
}
