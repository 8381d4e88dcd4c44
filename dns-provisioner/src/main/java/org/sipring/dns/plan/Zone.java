package org.sipring.dns.plan;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;

/**
 * The part of the zone that was read from the primary, the fence first: whoever writes with that fence as
 * prerequisite knows that nobody else of the platform wrote in between.
 *
 * @param asked which keys were read; of others nothing is known
 * @param sets those of them that exist
 */
public record Zone(Set<RrKey> asked, SortedMap<RrKey, RrSet> sets) {
    /** Nothing was read yet. */
    public static final Zone UNREAD = new Zone(Set.of(), new TreeMap<>());

    /** Copies the collections. */
    public Zone {
        asked = Set.copyOf(asked);
        sets = Collections.unmodifiableSortedMap(new TreeMap<>(sets));
    }

    /**
     * Looks one RRset up.
     *
     * @param key name and type
     * @return what was found there; empty also when it was not asked for
     */
    public Optional<RrSet> at(RrKey key) {
        return Optional.ofNullable(sets.get(key));
    }

    /**
     * What is known after one more read.
     *
     * @param keys what was asked for
     * @param found those of them that exist
     * @return this zone with both
     */
    public Zone with(Set<RrKey> keys, Map<RrKey, RrSet> found) {
        Set<RrKey> all = new HashSet<>(asked);
        all.addAll(keys);
        TreeMap<RrKey, RrSet> next = new TreeMap<>(sets);
        keys.forEach(next::remove);
        next.putAll(found);
        return new Zone(all, next);
    }

    /**
     * What is known after changes of ours were applied.
     *
     * @param changes in order; only replacements and deletions of RRsets count, Sipring makes no others
     * @return this zone with what they leave, which counts as read
     */
    public Zone with(List<Update.Change> changes) {
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
