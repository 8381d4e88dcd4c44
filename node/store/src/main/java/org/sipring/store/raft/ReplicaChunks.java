package org.sipring.store.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sipring.api.LargeName;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.database.LargeShelf;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.large.Manifest;
import org.sipring.store.patience.Patience;

/**
 * Large values of a node that holds a replica: read from its disk, and written by asking whoever leads.
 *
 * @param shelf what the replica has
 * @param asking hands a command to whoever leads
 * @param patience says what time it is, and where answers are told
 * @param reading threads that may wait for the disk
 */
record ReplicaChunks(
        Supplier<LargeShelf> shelf,
        Function<Command, CompletionStage<Answer>> asking,
        Patience patience,
        Executor reading)
        implements ChunkStore {
    @Override
    public CompletionStage<Void> write(byte[] bytes) {
        return asking.apply(new Command.Chunk(bytes, patience.now())).thenAccept(answer -> {});
    }

    @Override
    public CompletionStage<Boolean> make(Manifest manifest) {
        return asking.apply(new Command.Whole(manifest, patience.now())).thenApply(Answer::applied);
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
        return CompletableFuture.supplyAsync(what, reading).thenApplyAsync(answer -> answer, patience.room()::execute);
    }
}
