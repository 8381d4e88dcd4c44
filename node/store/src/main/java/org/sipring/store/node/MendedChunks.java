package org.sipring.store.node;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.LargeName;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.large.Manifest;
import org.sipring.store.raft.RaftStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Large values of this node's replica; a chunk that is missing there or damaged is fetched from another, and put back.
 *
 * @param own the replica's
 * @param others those of the other replicas
 */
record MendedChunks(RaftStore own, ChunkStore others) implements ChunkStore {
    private static final Logger LOG = LoggerFactory.getLogger(MendedChunks.class);

    @Override
    public CompletionStage<Void> write(byte[] bytes) {
        return own.chunks().write(bytes);
    }

    @Override
    public CompletionStage<Boolean> make(Manifest manifest) {
        return own.chunks().make(manifest);
    }

    @Override
    public CompletionStage<Optional<Manifest>> manifest(LargeName name) {
        return own.chunks().manifest(name);
    }

    @Override
    public CompletionStage<Optional<byte[]>> chunk(ChunkName name) {
        return own.chunks()
                .chunk(name)
                .thenCompose(here -> here.isPresent()
                        ? CompletableFuture.completedFuture(here)
                        : others.chunk(name)
                                .exceptionally(unreached -> Optional.empty())
                                .thenCompose(there -> mend(name, there)));
    }

    private CompletionStage<Optional<byte[]>> mend(ChunkName name, Optional<byte[]> there) {
        return there.isEmpty()
                ? CompletableFuture.completedFuture(there)
                : own.repair(name, there.get()).handle((done, failure) -> {
                    LOG.warn(
                            "chunk {} is of another replica: {}",
                            name,
                            failure == null ? "put back" : failure.getMessage());
                    return there;
                });
    }
}
