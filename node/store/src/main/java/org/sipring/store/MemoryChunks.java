package org.sipring.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.sipring.api.LargeName;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.large.Manifest;

/**
 * Large values in memory. No time passes here: the last few that nothing refers to are kept. Callable from any thread, under
 * the lock of the documents.
 */
final class MemoryChunks implements ChunkStore {
    private static final int MOST_UNUSED = 16;

    private final Object lock;
    private final Predicate<LargeName> used;
    private final Map<LargeName, Manifest> values = new LinkedHashMap<>();
    private final Map<ChunkName, byte[]> chunks = new HashMap<>();

    /**
     * None.
     *
     * @param lock that of the documents
     * @param used whether any document refers to a value; asked under the lock
     */
    MemoryChunks(Object lock, Predicate<LargeName> used) {
        this.lock = lock;
        this.used = used;
    }

    @Override
    public CompletionStage<Void> write(byte[] bytes) {
        synchronized (lock) {
            chunks.put(ChunkName.of(bytes), bytes.clone());
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> make(Manifest manifest) {
        synchronized (lock) {
            boolean there = chunks.keySet().containsAll(manifest.chunks());
            if (there) {
                // The last to be asked for is the last to go.
                values.remove(manifest.name());
                values.put(manifest.name(), manifest);
                sweep(MOST_UNUSED);
            }
            return CompletableFuture.completedFuture(there);
        }
    }

    boolean has(Set<LargeName> names) {
        synchronized (lock) {
            return values.keySet().containsAll(names);
        }
    }

    /** Removes what nothing refers to, but so many of the last. */
    void sweep(int but) {
        synchronized (lock) {
            List<LargeName> unused = new ArrayList<>(values.keySet());
            unused.removeIf(used);
            List<LargeName> gone = unused.subList(0, Math.max(0, unused.size() - but));
            if (!gone.isEmpty()) {
                gone.forEach(values::remove);
                Set<ChunkName> left = new HashSet<>();
                values.values().forEach(manifest -> left.addAll(manifest.chunks()));
                chunks.keySet().retainAll(left);
            }
        }
    }

    @Override
    public CompletionStage<Optional<Manifest>> manifest(LargeName name) {
        synchronized (lock) {
            return CompletableFuture.completedFuture(Optional.ofNullable(values.get(name)));
        }
    }

    @Override
    public CompletionStage<Optional<byte[]>> chunk(ChunkName name) {
        synchronized (lock) {
            return CompletableFuture.completedFuture(Optional.ofNullable(chunks.get(name)));
        }
    }
}
