package org.sipring.provisioning.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.sipring.api.Store;
import org.sipring.api.StoreNotOpenException;
import org.sipring.store.MemoryStore;

/**
 * The documents of a memory store, which can be read but not changed while the node is cut off from the others, and not even
 * be read while another's copy takes the place of its own.
 */
final class DistantStore implements Store {
    private final MemoryStore below;
    private volatile boolean cutOff;
    private volatile boolean closed;

    DistantStore(MemoryStore below) {
        this.below = below;
    }

    void cutOff(boolean now) {
        cutOff = now;
    }

    void closed(boolean now) {
        closed = now;
    }

    private Store open() {
        if (closed) {
            throw new StoreNotOpenException("closed by the test");
        }
        return below;
    }

    private <T> CompletionStage<T> reach(Supplier<CompletionStage<T>> done) {
        return cutOff ? CompletableFuture.failedFuture(new TimeoutException("cut off by the test")) : done.get();
    }

    @Override
    public Optional<Document> get(String collection, String key) {
        return open().get(collection, key);
    }

    @Override
    public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
        return reach(() -> below.put(collection, key, value, expected));
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        return reach(() -> below.delete(collection, key, expected));
    }

    @Override
    public List<Document> list(String collection, String prefix) {
        return open().list(collection, prefix);
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return reach(below::catchUp);
    }

    @Override
    public void watch(String collection, Watcher watcher) {
        below.watch(collection, watcher);
    }
}
