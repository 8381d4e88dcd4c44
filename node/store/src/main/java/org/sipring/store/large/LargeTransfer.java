package org.sipring.store.large;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.DamagedValueException;
import org.sipring.api.LargeName;

/**
 * Writes and reads whole values: one chunk is under way at a time, so that of each value no more is in memory than itself and
 * one chunk.
 */
public final class LargeTransfer {
    private LargeTransfer() {}

    /**
     * Writes a value, as {@link org.sipring.api.LargeValues#write} says.
     *
     * @param store where to
     * @param content the value
     * @return its name
     */
    public static CompletionStage<LargeName> write(ChunkStore store, byte[] content) {
        if (content.length > LargeName.LONGEST) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("a value of " + content.length
                    + " bytes: the longest that is kept has " + LargeName.LONGEST + " bytes (10 MiB)"));
        }
        Manifest manifest = Manifest.of(content);
        return writeFrom(store, content, 0)
                .thenCompose(written -> store.make(manifest))
                .thenApply(made -> named(manifest, made));
    }

    private static CompletionStage<Void> writeFrom(ChunkStore store, byte[] content, int offset) {
        if (offset >= content.length) {
            return CompletableFuture.completedFuture(null);
        }
        int end = Math.min(content.length, offset + ChunkName.LONGEST);
        return store.write(Arrays.copyOfRange(content, offset, end))
                .thenCompose(written -> writeFrom(store, content, end));
    }

    private static LargeName named(Manifest manifest, boolean made) {
        if (!made) {
            throw new IllegalStateException("chunks of " + manifest.name()
                    + " were removed before all were written: write it again, in less than an hour");
        }
        return manifest.name();
    }

    /**
     * Reads a value, as {@link org.sipring.api.LargeValues#read} says.
     *
     * @param store from where
     * @param name its name
     * @return the value; empty where there is none of that name
     */
    public static CompletionStage<Optional<byte[]>> read(ChunkStore store, LargeName name) {
        return store.manifest(name).thenCompose(manifest -> manifest.map(found -> new Reading(store, found).from(0))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    }

    /** A value that comes chunk by chunk. */
    private static final class Reading {
        private final ChunkStore store;
        private final Manifest manifest;
        private final byte[] content;

        Reading(ChunkStore store, Manifest manifest) {
            this.store = store;
            this.manifest = manifest;
            content = new byte[manifest.name().length()];
        }

        CompletionStage<Optional<byte[]>> from(int number) {
            if (number == manifest.chunks().size()) {
                return CompletableFuture.completedFuture(Optional.of(content));
            }
            return store.chunk(manifest.chunks().get(number))
                    .thenCompose(chunk -> chunk.filter(bytes -> bytes.length == manifest.length(number))
                            .map(bytes -> take(number, bytes))
                            .orElseGet(this::missing));
        }

        private CompletionStage<Optional<byte[]>> take(int number, byte[] bytes) {
            System.arraycopy(bytes, 0, content, number * ChunkName.LONGEST, bytes.length);
            return from(number + 1);
        }

        // It may have been removed meanwhile.
        private CompletionStage<Optional<byte[]>> missing() {
            return store.manifest(manifest.name()).thenApply(still -> {
                if (still.isPresent()) {
                    throw new DamagedValueException(manifest.name());
                }
                return Optional.empty();
            });
        }
    }
}
