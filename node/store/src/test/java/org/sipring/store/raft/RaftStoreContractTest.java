package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Store;
import org.sipring.testkit.contract.StoreContract;

/** The contract of stores, asked of a group of one. */
@Tag("acceptance")
@Timeout(60)
final class RaftStoreContractTest extends StoreContract {
    private final LoneReplica replica;

    RaftStoreContractTest(@TempDir Path dir) throws Exception {
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
}
