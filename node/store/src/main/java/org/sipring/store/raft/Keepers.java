package org.sipring.store.raft;

import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;

/**
 * Who keeps the store.
 *
 * @param nodes those whose replicas are in the group, by name
 * @param leader the one that leads them; empty while none is known to
 */
public record Keepers(List<NodeId> nodes, Optional<NodeId> leader) {
    /** Sorts and copies the nodes. */
    public Keepers {
        nodes = nodes.stream().sorted().toList();
    }
}
