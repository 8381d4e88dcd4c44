package org.sipring.store.large;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipring.api.LargeName;

/** Large values chunk by chunk, for whoever must not have all of one in memory. Callable from any thread. */
public interface ChunkStore {
    /**
     * Writes a chunk. It is kept for a while, until a value has it.
     *
     * @param bytes the chunk; not to be modified
     * @return completes when a majority has it; fails as the store does
     */
    CompletionStage<Void> write(byte[] bytes);

    /**
     * Makes a value of chunks that have been written.
     *
     * @param manifest of which
     * @return false where one of them is not there
     */
    CompletionStage<Boolean> make(Manifest manifest);

    /**
     * Of which chunks a value is made.
     *
     * @param name the value's
     * @return empty where there is no such value
     */
    CompletionStage<Optional<Manifest>> manifest(LargeName name);

    /**
     * Reads a chunk.
     *
     * @param name its name
     * @return its bytes, found to be what it names; empty where nobody has it whole
     */
    CompletionStage<Optional<byte[]>> chunk(ChunkName name);
}
