package org.sipring.store.chaos;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.sipring.api.Store;

/** What writers were told. Callable from any thread. */
final class Ledger {
    /** Two documents are lower by one where a change was lost, and higher where one was applied twice. */
    static final String COUNTER = "counter";

    private final Map<String, Long> written = new ConcurrentHashMap<>();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<Long> counted = ConcurrentHashMap.newKeySet();
    private final AtomicLong unknownCounts = new AtomicLong();
    private final AtomicLong highest = new AtomicLong();
    private final Queue<String> broken = new ConcurrentLinkedQueue<>();

    /** A document was acknowledged under a key that is used once. */
    void written(String key, long revision) {
        written.put(key, revision);
    }

    void unknown(String key) {
        unknown.add(key);
    }

    /** The counter was acknowledged to have been raised to this. */
    void counted(long value) {
        if (!counted.add(value)) {
            broken("the counter was raised to " + value + " twice");
        }
        highest.accumulateAndGet(value, Math::max);
    }

    void countUnknown() {
        unknownCounts.incrementAndGet();
    }

    /** What every later read must have seen. */
    long highest() {
        return highest.get();
    }

    void broken(String what) {
        broken.add(what);
    }

    Queue<String> broken() {
        return broken;
    }

    /** The fewest and the most that the counter may be. */
    boolean permits(long counter) {
        return counter >= counted.size() && counter <= counted.size() + unknownCounts.get();
    }

    /** Acknowledged keys that are not as they were acknowledged. */
    long lost(Map<String, Store.Document> found) {
        return written.entrySet().stream()
                .filter(entry -> Optional.ofNullable(found.get(entry.getKey()))
                        .filter(document -> document.revision() == entry.getValue())
                        .isEmpty())
                .count();
    }

    /** Keys that nobody has asked for. */
    long strange(Set<String> found) {
        return found.stream()
                .filter(key -> !key.equals(COUNTER) && !written.containsKey(key) && !unknown.contains(key))
                .count();
    }

    @Override
    public String toString() {
        return "%d documents and %d steps of the counter acknowledged, %d and %d without an answer"
                .formatted(written.size(), counted.size(), unknown.size(), unknownCounts.get());
    }
}
