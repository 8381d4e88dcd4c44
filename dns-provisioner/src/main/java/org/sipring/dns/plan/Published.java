package org.sipring.dns.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sipring.api.NodeId;

/**
 * The nodes that the zone names as joinable, and those that it named until a moment ago: what a view is measured against.
 *
 * <p>A node that is cut off loses the others one by one. Without that moment it would take one after another out of
 * the zone, each time with a majority of what it had left, until it is a majority of its own.
 */
final class Published {
    /** Longer than the overlay takes from the first loss of a partition to the last. */
    static final Duration MOMENT = Duration.ofSeconds(5);

    private Published() {}

    /** The targets of our own {@code _sipring._tcp}; a stranger's RRset there says nothing about the platform. */
    static Set<NodeId> nodes(Zone zone, Registry registry, ZonePolicy policy, Instant now) {
        Set<NodeId> nodes = new TreeSet<>();
        if (registry.owned().contains(policy.joinable())) {
            zone.at(policy.joinable()).ifPresent(set -> set.data()
                    .forEach(data -> target(data, policy).ifPresent(nodes::add)));
            registry.departed().forEach((node, left) -> {
                if (Duration.between(left, now).abs().compareTo(MOMENT) < 0) {
                    nodes.add(node);
                }
            });
        }
        return nodes;
    }

    private static Optional<NodeId> target(String data, ZonePolicy policy) {
        String host = data.substring(data.lastIndexOf(' ') + 1);
        String tail = "." + policy.apex();
        return host.endsWith(tail) ? NodeId.parse(host.substring(0, host.length() - tail.length())) : Optional.empty();
    }
}
