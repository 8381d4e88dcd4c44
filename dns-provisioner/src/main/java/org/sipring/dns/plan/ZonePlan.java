package org.sipring.dns.plan;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sipring.api.NodeId;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;

/**
 * The RRsets that Sipring wants in the zone, apart from its own bookkeeping (fence and registry).
 *
 * @param sets what is wanted, by key
 * @param departed the nodes whose edge names outlive them, with the time of leaving
 */
public record ZonePlan(SortedMap<RrKey, RrSet> sets, SortedMap<NodeId, Instant> departed) {
    /** Copies the maps. */
    public ZonePlan {
        sets = Collections.unmodifiableSortedMap(new TreeMap<>(sets));
        departed = Collections.unmodifiableSortedMap(new TreeMap<>(departed));
    }

    /**
     * Looks one RRset up.
     *
     * @param key name and type
     * @return what is wanted there, or empty when nothing is
     */
    public Optional<RrSet> at(RrKey key) {
        return Optional.ofNullable(sets.get(key));
    }

    /**
     * The plan as lines of a zone file.
     *
     * @return one line a record, sorted
     */
    public String text() {
        return sets.values().stream().map(ZonePlan::lines).collect(Collectors.joining());
    }

    private static String lines(RrSet set) {
        return set.data().stream()
                .map(data ->
                        set.key().name() + " " + set.ttl() + " " + set.key().type() + " " + data + "\n")
                .collect(Collectors.joining());
    }
}
