package org.sipring.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sipring.api.KeyOrder;
import org.sipring.api.LargeName;
import org.sipring.store.archive.Moment;
import org.sipring.store.archive.WholeStore;
import org.sipring.store.command.Key;
import org.sipring.store.large.ChunkStore;

/**
 * Documents in this process's memory, gone with it. Each node fills its own from the operator's files. Changes complete
 * at once; watchers hear of them in the writer's thread, after the change is visible.
 */
public final class MemoryStore implements WholeStore {
    private final NavigableMap<String, NavigableMap<String, Document>> collections =
            new TreeMap<>(KeyOrder.BY_CODE_POINTS);
    private final Map<String, List<Watcher>> watchers = new HashMap<>();
    private final MemoryChunks chunks = new MemoryChunks(this, this::isReferredTo);
    // One count for all documents: a document made anew never repeats a revision of the deleted one.
    private long revision;

    @Override
    public synchronized Optional<Document> get(String collection, String key) {
        return Optional.ofNullable(documents(collection).get(key));
    }

    @Override
    public CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected) {
        return put(collection, key, value, expected, Set.of())
                .thenApply(
                        put -> put instanceof Put.Written written ? Optional.of(written.revision()) : Optional.empty());
    }

    @Override
    public CompletionStage<Put> put(
            String collection, String key, byte[] value, long expected, Set<LargeName> refersTo) {
        if (refersTo.size() > MOST_REFERENCES) {
            throw new IllegalArgumentException(
                    "a document that refers to " + refersTo.size() + " large values: no more than " + MOST_REFERENCES);
        }
        Put put = write(collection, new Document(key, expected, value.clone(), refersTo));
        if (put instanceof Put.Written) {
            tell(collection, key);
        }
        return CompletableFuture.completedFuture(put);
    }

    @Override
    public ChunkStore chunks() {
        return chunks;
    }

    private boolean isReferredTo(LargeName name) {
        return collections.values().stream()
                .flatMap(documents -> documents.values().stream())
                .anyMatch(document -> document.refersTo().contains(name));
    }

    @Override
    public CompletionStage<Boolean> delete(String collection, String key, long expected) {
        boolean removed = remove(collection, key, expected);
        if (removed) {
            tell(collection, key);
        }
        return CompletableFuture.completedFuture(removed);
    }

    @Override
    public synchronized List<Document> list(String collection, String prefix) {
        return documents(collection).tailMap(prefix, true).values().stream()
                .takeWhile(document -> document.key().startsWith(prefix))
                .toList();
    }

    @Override
    public CompletionStage<Void> catchUp() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized List<Document> page(String collection, String prefix, String after, int most) {
        boolean begun = KeyOrder.BY_CODE_POINTS.compare(after, prefix) >= 0;
        return documents(collection).tailMap(begun ? after : prefix, !begun).values().stream()
                .takeWhile(document -> document.key().startsWith(prefix))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized void watch(String collection, Watcher watcher) {
        watchers.computeIfAbsent(collection, name -> new CopyOnWriteArrayList<>())
                .add(watcher);
    }

    @Override
    public synchronized List<Key> keys(Optional<Key> after, int most) {
        return collections.entrySet().stream()
                .flatMap(collection ->
                        collection.getValue().keySet().stream().map(key -> new Key(collection.getKey(), key)))
                .filter(key -> after.isEmpty() || key.compareTo(after.get()) > 0)
                .limit(most)
                .toList();
    }

    /** Removes large values that no document refers to, as replicas do after a while. */
    public void sweep() {
        chunks.sweep(0);
    }

    @Override
    public void moment(Teller teller) throws IOException {
        now().tell(teller);
    }

    private synchronized Moment now() {
        return new Moment(collections);
    }

    // With the revision that is to be the current one.
    private synchronized Put write(String collection, Document wanted) {
        String key = wanted.key();
        new Key(collection, key).check();
        if (current(collection, key) != wanted.revision()) {
            return new Put.Changed();
        }
        if (!chunks.has(wanted.refersTo())) {
            return new Put.Missing();
        }
        documents(collection).put(key, new Document(key, ++revision, wanted.value(), wanted.refersTo()));
        return new Put.Written(revision);
    }

    private synchronized boolean remove(String collection, String key, long expected) {
        boolean current = expected != 0 && current(collection, key) == expected;
        return current && documents(collection).remove(key) != null;
    }

    private long current(String collection, String key) {
        return get(collection, key).map(Document::revision).orElse(0L);
    }

    private NavigableMap<String, Document> documents(String collection) {
        return collections.computeIfAbsent(collection, name -> new TreeMap<>(KeyOrder.BY_CODE_POINTS));
    }

    private void tell(String collection, String key) {
        watching(collection).forEach(watcher -> watcher.changed(key));
    }

    private synchronized List<Watcher> watching(String collection) {
        return watchers.getOrDefault(collection, List.of());
    }
}
