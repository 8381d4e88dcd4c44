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
    private final TestGroup group;
    private final RaftStore store;

    RaftStoreContractTest(@TempDir Path dir) throws Exception {
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
}
