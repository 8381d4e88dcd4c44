package org.sipring.store.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.LargeName;
import org.sipring.store.archive.WholeStore;
import org.sipring.store.command.Key;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.mirror.MirrorStore;
import org.sipring.store.raft.RaftStore;

/**
 * The documents of a node: those of its own replica while that belongs to the group, else those of another's that it
 * follows. Who watches hears that all may have changed when they are read from the other of the two; for a moment it may
 * hear of changes twice. Callable from any thread.
 */
public final class NodeStore implements WholeStore {
    private final Optional<RaftStore> own;
    private final MirrorStore mirror;

    /**
     * The documents of a node; follows nobody yet.
     *
     * @param own those of its replica, where it has one
     * @param mirror those of another's
     */
    public NodeStore(Optional<RaftStore> own, MirrorStore mirror) {
        this.own = own;
        this.mirror = mirror;
    }

    /** Follows another's replica where this node has none that belongs to the group, and else no longer: now and then. */
    public void look() {
        if (ownReadable()) {
            mirror.rest();
        } else {
            mirror.follow();
        }
    }

    private boolean ownReadable() {
        return own.isPresent() && own.get().isReadable();
    }

    /**
     * Tells whether documents can be read.
     *
     * @return false until the first copy of them is here
     */
    public boolean isReadable() {
        return ownReadable() || mirror.isReadable();
    }

    private WholeStore current() {
        return ownReadable() ? own.orElseThrow() : mirror;
    }

    @Override
    public Optional<Document> get(String collection, String key) {
        return current().get(collection, key);
    }

    @Override
    public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
        return current().put(collection, key, value, expected);
    }

    @Override
    public CompletionStage<Put> put(
            String collection, String key, byte[] value, long expected, Set<LargeName> refersTo) {
        return current().put(collection, key, value, expected, refersTo);
    }

    @Override
    public ChunkStore chunks() {
        return ownReadable() ? new MendedChunks(own.orElseThrow(), mirror.chunks()) : mirror.chunks();
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        return current().delete(collection, key, expected);
    }

    @Override
    public List<Document> list(String collection, String prefix) {
        return current().list(collection, prefix);
    }

    @Override
    public List<Document> page(String collection, String prefix, String after, int most) {
        return current().page(collection, prefix, after, most);
    }

    @Override
    public List<Key> keys(Optional<Key> after, int most) {
        return current().keys(after, most);
    }

    @Override
    public void moment(Teller teller) throws IOException {
        current().moment(teller);
    }

    // What is read from then on must be as new: where the other of the two has taken over meanwhile, also that.
    @Override
    public CompletionStage<Void> catchUp() {
        WholeStore asked = current();
        return asked.catchUp().thenCompose(done -> {
            WholeStore now = current();
            return asked.equals(now) ? CompletableFuture.completedStage(null) : now.catchUp();
        });
    }

    @Override
    public void watch(String collection, Watcher watcher) {
        own.ifPresent(store -> store.watch(collection, watcher));
        mirror.watch(collection, watcher);
    }
}
