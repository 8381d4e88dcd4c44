package org.sipring.provisioning.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    private volatile @Nullable Held held;
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();

    DistantStore(MemoryStore below) {
        this.below = below;
    }

    void cutOff(boolean now) {
        cutOff = now;
    }

    /** Something happens once, just before somebody writes to a collection. */
    void before(String collection, Runnable event) {
        before.put(collection, event);
    }

    private void happen(String collection) {
        Runnable event = before.remove(collection);
        if (event != null) {
            event.run();
        }
    }

    /** From now on nobody catches up before {@link Held#release}. */
    Held hold() {
        held = new Held();
        return held;
    }

    /** Somebody who waits for the store. */
    static final class Held {
        private final CompletableFuture<Void> came = new CompletableFuture<>();
        private final CompletableFuture<Void> released = new CompletableFuture<>();

        /** Waits for somebody to wait. */
        void await() throws Exception {
            came.get(10, TimeUnit.SECONDS);
        }

        void release() {
            released.complete(null);
        }
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
        happen(collection);
        return reach(() -> below.put(collection, key, value, expected));
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        happen(collection);
        return reach(() -> below.delete(collection, key, expected));
    }

    @Override
    public List<Document> list(String collection, String prefix) {
        return open().list(collection, prefix);
    }

    @Override
    public CompletionStage<Void> catchUp() {
        Held waiting = held;
        if (waiting != null) {
            waiting.came.complete(null);
            return waiting.released;
        }
        return reach(below::catchUp);
    }

    @Override
    public void watch(String collection, Watcher watcher) {
        below.watch(collection, watcher);
    }
}
