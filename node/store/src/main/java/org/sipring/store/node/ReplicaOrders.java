package org.sipring.store.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.NodeId;
import org.sipring.api.Replicas;
import org.sipring.store.group.GroupDocuments;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.raft.Nodes;

/**
 * Takes operators' orders, on any node: with or without a replica, whoever leads.
 *
 * @param group what the store says of who keeps it
 * @param nodes those of the platform
 */
public record ReplicaOrders(GroupDocuments group, Nodes nodes) implements Replicas {
    @Override
    public CompletionStage<Outcome> replace(NodeId node) {
        List<ReplicaName> voters = group.voters();
        if (voters.isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.UNKNOWN);
        }
        Optional<ReplicaName> leaving =
                voters.stream().filter(voter -> voter.node().equals(node)).findFirst();
        if (leaving.isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.KEEPS_NONE);
        }
        if (successors(voters) <= ordered(voters, leaving.get())) {
            return CompletableFuture.completedFuture(Outcome.NO_SUCCESSOR);
        }
        return group.replace(leaving.get()).thenApply(done -> Outcome.ORDERED);
    }

    private long successors(List<ReplicaName> voters) {
        return nodes.running().stream()
                .map(peer -> peer.name().node())
                .filter(candidate ->
                        voters.stream().noneMatch(voter -> voter.node().equals(candidate)))
                .filter(candidate -> !nodes.removed(candidate))
                .count();
    }

    // Each of them needs a successor of its own.
    private long ordered(List<ReplicaName> voters, ReplicaName besides) {
        Set<ReplicaName> unwanted = group.unwanted();
        return voters.stream()
                .filter(unwanted::contains)
                .filter(voter -> !voter.equals(besides))
                .count();
    }
}
