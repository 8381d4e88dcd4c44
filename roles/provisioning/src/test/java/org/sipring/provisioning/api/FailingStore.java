package org.sipring.provisioning.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.sipring.api.LargeName;
import org.sipring.api.StoreNotOpenException;
import org.sipring.store.MemoryStore;
import org.sipring.store.archive.WholeStore;
import org.sipring.store.command.Key;
import org.sipring.store.large.ChunkStore;

/** The documents of a memory store, which from some reading on cannot be read any more. */
final class FailingStore implements WholeStore {
    static final String WHY = "closed by the test";

    private final MemoryStore below;
    private final AtomicLong readings;

    /**
     * A store that closes.
     *
     * @param readings how often it can be read
     */
    FailingStore(MemoryStore below, long readings) {
        this.below = below;
        this.readings = new AtomicLong(readings);
    }

    private MemoryStore open() {
        if (readings.decrementAndGet() < 0) {
            throw new StoreNotOpenException(WHY);
        }
        return below;
    }

    @Override
    public Optional<Document> get(String collection, String key) {
        return open().get(collection, key);
    }

    @Override
    public List<Document> list(String collection, String prefix) {
        return open().list(collection, prefix);
    }

    @Override
    public List<Key> keys(Optional<Key> after, int most) {
        return open().keys(after, most);
    }

    @Override
    public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
        return below.put(collection, key, value, expected);
    }

    @Override
    public CompletionStage<Put> put(
            String collection, String key, byte[] value, long expected, Set<LargeName> refersTo) {
        return below.put(collection, key, value, expected, refersTo);
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        return below.delete(collection, key, expected);
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return below.catchUp();
    }

    @Override
    public void watch(String collection, Watcher watcher) {
        below.watch(collection, watcher);
    }

    @Override
    public ChunkStore chunks() {
        return below.chunks();
    }

    @Override
    public void moment(Teller teller) throws IOException {
        below.moment(teller);
    }
}
