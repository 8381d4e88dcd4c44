package org.sipring.dns.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sipring.api.NodeId;
import org.sipring.api.View;

/**
 * Edge names outlive their nodes by a day, so that dialogs record-routed by a node can go on through the others. Who
 * left, and when, is in the zone itself: every later manager goes on counting.
 */
final class Departures {
    static final Duration KEPT = Duration.ofHours(24);
    static final int MOST = 256;

    private Departures() {}

    /** The nodes whose edge names must lead to survivors now; the latest ones when there are too many. */
    static SortedMap<NodeId, Instant> of(Registry registry, View view, ZonePolicy policy, Instant now) {
        SortedMap<NodeId, Instant> gone = new TreeMap<>();
        for (NodeId node : registry.nodes()) {
            Instant left = earlier(registry.departed().getOrDefault(node, now), now);
            boolean back = view.member(node).filter(ZonePlanner::holdsEdge).isPresent();
            if (!back && registry.hasEdge(node, policy) && left.plus(KEPT).isAfter(now)) {
                gone.put(node, left);
            }
        }
        return gone.size() > MOST ? latest(gone) : gone;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static SortedMap<NodeId, Instant> latest(Map<NodeId, Instant> gone) {
        return gone.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }
}
