package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.archive.BackupContract;
import org.sipring.store.archive.WholeStore;

/** Backups of documents in a real replica, a group of one. */
@Tag("acceptance")
@Timeout(60)
final class RaftBackupTest extends BackupContract {
    private final LoneReplica replica;

    RaftBackupTest(@TempDir Path folder) throws Exception {
        replica = new LoneReplica(folder);
    }

    @AfterEach
    void close() throws IOException {
        replica.close();
    }

    @Override
    protected WholeStore store() {
        return replica.store();
    }
}
