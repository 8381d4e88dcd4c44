package org.sipring.store.archive;

import org.sipring.store.MemoryStore;

/** Backups of documents in memory. */
final class MemoryBackupTest extends BackupContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    protected WholeStore store() {
        return store;
    }
}
