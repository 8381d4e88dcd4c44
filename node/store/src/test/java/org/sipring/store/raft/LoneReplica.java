package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Path;

/** A group of one, and the store of its only node. */
final class LoneReplica implements AutoCloseable {
    private final TestGroup group;
    private final RaftStore store;

    LoneReplica(Path dir) throws Exception {
        group = new TestGroup(dir);
        store = group.seat(1).store();
    }

    RaftStore store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        try (group;
                store) {
            // Both, whatever becomes of one.
        }
    }
}
