package org.sipring.store.archive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Backups;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.large.Manifest;

/**
 * Writes large values of an archive, one chunk at a time.
 *
 * @param store where to
 * @param large some of them
 */
record LargeRestoring(ChunkStore store, Backups.Large large) {
    /** Fails when the store does, and where a value has other chunks than it says. */
    CompletionStage<Void> run() {
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        for (byte[] chunk : large.chunks()) {
            done = done.thenCompose(before -> store.write(chunk));
        }
        for (Backups.Value value : large.values()) {
            done = done.thenCompose(before -> make(value));
        }
        return done;
    }

    private CompletionStage<Void> make(Backups.Value value) {
        return store.make(Manifest.read(value.name(), value.chunks())).thenAccept(made -> {
            if (!made) {
                throw new IllegalArgumentException(
                        "not all chunks of the large value " + value.name() + " have been sent: restore once more");
            }
        });
    }
}
