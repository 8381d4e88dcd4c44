package org.sipring.dns;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sipring.api.NodeId;

/** The nodes that the zone names as joinable: what a view is measured against. */
final class Published {
    private Published() {}

    /** The targets of our own {@code _sipring._tcp}; a stranger's RRset there says nothing about the platform. */
    static Set<NodeId> nodes(Zone zone, Registry registry, ZonePolicy policy) {
        Set<NodeId> nodes = new TreeSet<>();
        if (registry.owned().contains(policy.joinable())) {
            zone.at(policy.joinable()).ifPresent(set -> set.data()
                    .forEach(data -> target(data, policy).ifPresent(nodes::add)));
        }
        return nodes;
    }

    private static Optional<NodeId> target(String data, ZonePolicy policy) {
        String host = data.substring(data.lastIndexOf(' ') + 1);
        String tail = "." + policy.apex();
        try {
            return host.endsWith(tail)
                    ? Optional.of(new NodeId(host.substring(0, host.length() - tail.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
