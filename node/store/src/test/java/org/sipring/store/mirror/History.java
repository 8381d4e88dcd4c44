package org.sipring.store.mirror;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sipring.store.command.Key;

/** Which revision of each document there was after how many entries of the log; 0 where there was none. */
final class History {
    private final Map<Key, NavigableMap<Integer, Long>> revisions = new HashMap<>();

    void note(Key key, int entries, long revision) {
        revisions.computeIfAbsent(key, fresh -> new TreeMap<>(Map.of(0, 0L))).put(entries, revision);
    }

    Set<Key> keys() {
        return revisions.keySet();
    }

    /** When it was first so, not before a moment. */
    Optional<Integer> moment(Key key, long revision, int notBefore) {
        NavigableMap<Integer, Long> all = revisions.getOrDefault(key, new TreeMap<>(Map.of(0, 0L)));
        if (all.floorEntry(notBefore).getValue() == revision) {
            return Optional.of(notBefore);
        }
        return all.tailMap(notBefore, false).entrySet().stream()
                .filter(entry -> entry.getValue() == revision)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
