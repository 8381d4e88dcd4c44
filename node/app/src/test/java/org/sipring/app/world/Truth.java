package org.sipring.app.world;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sipring.api.NodeId;
import org.sipring.testkit.SimNetwork;

/** How things are, whoever knows it. */
final class Truth {
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final Ground ground;
    private final Supplier<Collection<WorldNode>> nodes;
    private final Map<WorldNode, Duration> readySince = new HashMap<>();
    private Duration trouble = Duration.ZERO;

    /** Needs the newest process of each node. */
    Truth(Ground ground, Supplier<Collection<WorldNode>> nodes) {
        this.ground = ground;
        this.nodes = nodes;
    }

    void isReady(WorldNode node) {
        readySince.put(node, now());
    }

    /** Something happened to a node: it counts as ready anew. */
    void disturb(WorldNode node) {
        trouble();
        readySince.computeIfPresent(node, (same, since) -> now());
    }

    /** Something happened to the nodes, the network or the name server. */
    void trouble() {
        trouble = now();
    }

    /** For how long nothing has happened. */
    Duration calm() {
        return now().minus(trouble);
    }

    /** The nodes in service. */
    Set<NodeId> ready() {
        return those(WorldNode::ready);
    }

    /** The nodes that have been in service for so long, in touch with everybody, that every manager knows. */
    Set<NodeId> steadilyReady() {
        Duration since = now().minus(STEADY);
        return those(node -> node.ready()
                && Optional.ofNullable(readySince.get(node))
                        .filter(ready -> ready.compareTo(since) <= 0)
                        .isPresent());
    }

    /** The nodes that hear a node and that it hears. */
    Set<NodeId> company(NodeId node) {
        SimNetwork network = ground.network();
        return those(other -> other.running() && network.open(other.id(), node) && network.open(node, other.id()));
    }

    private Set<NodeId> those(Predicate<WorldNode> kind) {
        return nodes.get().stream().filter(kind).map(WorldNode::id).collect(Collectors.toCollection(HashSet::new));
    }

    private Duration now() {
        return ground.time().elapsed();
    }
}
