package org.sipring.store.database;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.sipring.api.Store;
import org.sipring.store.command.Key;

/**
 * Documents that were read of late, since to read one from the disk costs more than all else that a REGISTER does with it. What has
 * not been asked for since the other half was filled is forgotten. Whoever applies a change takes what it changed away before anybody
 * is told, so that nothing is ever out of date. Callable from any thread.
 */
final class Recent {
    // Of the map's entry, the key, the document and its array, with compressed pointers.
    private static final long OVERHEAD_BYTES = 200;

    private final long halfBytes;
    private final AtomicLong changes = new AtomicLong();
    private volatile Half young = new Half();
    private volatile Half old = new Half();

    private static final class Half {
        final ConcurrentHashMap<Key, Store.Document> documents = new ConcurrentHashMap<>();
        final AtomicLong bytes = new AtomicLong();
    }

    /** Keeps documents of so many bytes at most. */
    Recent(long bytes) {
        halfBytes = bytes / 2;
    }

    /** The document, as it is known or as it is read. */
    Optional<Store.Document> get(Key key, Function<Key, Optional<Store.Document>> reading) {
        Store.Document known = young.documents.get(key);
        return known != null ? Optional.of(known) : find(key, reading);
    }

    private Optional<Store.Document> find(Key key, Function<Key, Optional<Store.Document>> reading) {
        long before = changes.get();
        Optional<Store.Document> found =
                Optional.ofNullable(old.documents.get(key)).or(() -> reading.apply(key));
        found.ifPresent(document -> keep(key, document, before));
        return found;
    }

    // What was read before a change must not come in after it: either the map's lock on this key comes first here,
    // and the change takes it away, or the change has been counted, and it is not kept.
    private void keep(Key key, Store.Document document, long before) {
        long bytes = bytes(key, document);
        if (bytes > halfBytes / 100) {
            return;
        }
        Half half = young;
        half.documents.compute(key, (same, other) -> changes.get() == before ? document : other);
        if (half.bytes.addAndGet(bytes) > halfBytes) {
            turn(half);
        }
    }

    private static long bytes(Key key, Store.Document document) {
        return OVERHEAD_BYTES
                + key.collection().length()
                + key.name().getBytes(StandardCharsets.UTF_8).length
                + document.value().length;
    }

    private synchronized void turn(Half full) {
        if (full.equals(young)) {
            old = full;
            young = new Half();
        }
    }

    /**
     * A document has been changed. The older half first, so that what is found there before is refused by the count, or is taken away
     * from the younger one after it; no half may turn meanwhile.
     */
    synchronized void changed(Key key) {
        old.documents.remove(key);
        changes.incrementAndGet();
        young.documents.remove(key);
    }

    /** Forgets everything. */
    synchronized void clear() {
        changes.incrementAndGet();
        young = new Half();
        old = new Half();
    }
}
