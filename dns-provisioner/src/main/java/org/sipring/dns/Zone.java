package org.sipring.dns;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of the zone that was read from the primary, the fence first: whoever writes with that fence as
 * prerequisite knows that nobody else of the platform wrote in between.
 *
 * @param asked which keys were read; of others nothing is known
 * @param sets those of them that exist
 */
record Zone(Set<RrKey> asked, SortedMap<RrKey, RrSet> sets) {
    static final Zone UNREAD = new Zone(Set.of(), new TreeMap<>());

    Zone {
        asked = Set.copyOf(asked);
        sets = Collections.unmodifiableSortedMap(new TreeMap<>(sets));
    }

    Optional<RrSet> at(RrKey key) {
        return Optional.ofNullable(sets.get(key));
    }

    /** What is known after one more read. */
    Zone with(Set<RrKey> keys, Map<RrKey, RrSet> found) {
        Set<RrKey> all = new HashSet<>(asked);
        all.addAll(keys);
        TreeMap<RrKey, RrSet> next = new TreeMap<>(sets);
        keys.forEach(next::remove);
        next.putAll(found);
        return new Zone(all, next);
    }

    /** What is known after changes of ours were applied. */
    Zone with(List<Update.Change> changes) {
        Set<RrKey> all = new HashSet<>(asked);
        TreeMap<RrKey, RrSet> next = new TreeMap<>(sets);
        for (Update.Change change : changes) {
            if (change instanceof Update.Replace replace) {
                all.add(replace.rrSet().key());
                next.put(replace.rrSet().key(), replace.rrSet());
            } else if (change instanceof Update.Delete delete) {
                all.add(delete.key());
                next.remove(delete.key());
            }
        }
        return new Zone(all, next);
    }
}
