package org.sipring.store.mirror;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.api.LargeName;
import org.sipring.store.command.Changes;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.large.Manifest;
import org.sipring.store.patience.Patience;
import org.sipring.store.patience.Window;

/**
 * Large values of a node without a replica: they are read from the nodes that have one, chunk by chunk, and none is kept. What
 * comes is judged by its name, so it does not matter from whom. Callable from any thread.
 */
final class MirrorChunks implements ChunkStore {
    // Each is of up to 256 KiB, and whoever reads a value asks for one at a time.
    private static final int UNDER_WAY = 8;

    private final Patience patience;
    private final Changes changes;
    private final Searching searching;
    private final Window window = new Window(UNDER_WAY);

    /** Asks those who may have something. In the room of the patience. */
    interface Searching {
        <T> CompletionStage<Optional<T>> search(Question question, Function<Reply, Optional<T>> found);
    }

    /**
     * Knows nothing.
     *
     * @param patience for how long it asks
     * @param changes asks whoever writes
     * @param searching asks those who may have something
     */
    MirrorChunks(Patience patience, Changes changes, Searching searching) {
        this.patience = patience;
        this.changes = changes;
        this.searching = searching;
    }

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
        return search(
                new Question.Describe(name),
                reply -> reply instanceof Reply.Described described
                        ? described.manifest().filter(manifest -> manifest.name()
                                .equals(name))
                        : Optional.empty());
    }

    @Override
    public CompletionStage<Optional<byte[]>> chunk(ChunkName name) {
        return search(
                new Question.Fetch(name),
                reply -> reply instanceof Reply.Fetched fetched
                        ? fetched.chunk().filter(name::names)
                        : Optional.empty());
    }

    private <T> CompletionStage<Optional<T>> search(Question question, Function<Reply, Optional<T>> found) {
        return window.enter(() -> patience.ask(() -> searching.search(question, found)));
    }
}
