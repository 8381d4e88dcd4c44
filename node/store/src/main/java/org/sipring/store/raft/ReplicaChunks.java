package org.sipring.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.sipring.api.LargeName;
import org.sipring.api.Ticker;
import org.sipring.store.command.Changes;
import org.sipring.store.database.LargeShelf;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.large.Manifest;

/**
 * Large values of a node that holds a replica: read from its disk, and written by asking whoever leads.
 *
 * @param shelf what the replica has
 * @param changes asks whoever leads
 * @param room where answers are told
 * @param reading threads that may wait for the disk
 */
record ReplicaChunks(Supplier<LargeShelf> shelf, Changes changes, Ticker room, Executor reading) implements ChunkStore {
    @Override
    public CompletionStage<Void> write(byte[] bytes) {
        return changes.chunk(bytes);
    }

    @Override
    public CompletionStage<Boolean> make(Manifest manifest) {
        return changes.whole(manifest);
    }

    @Override
    public CompletionStage<Optional<Manifest>> manifest(LargeName name) {
        return read(() -> shelf.get().manifest(name));
    }

    @Override
    public CompletionStage<Optional<byte[]>> chunk(ChunkName name) {
        return read(() -> shelf.get().chunk(name));
    }

    /** Puts a chunk back that was found to be damaged. */
    CompletionStage<Void> repair(ChunkName name, byte[] bytes) {
        return read(() -> {
                    try {
                        shelf.get().repair(name, bytes);
                        return Optional.<Void>empty();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                })
                .thenAccept(done -> {});
    }

    private <T> CompletionStage<Optional<T>> read(Supplier<Optional<T>> what) {
        return CompletableFuture.supplyAsync(what, reading).thenApplyAsync(answer -> answer, room::execute);
    }
}
