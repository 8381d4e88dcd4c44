package org.sipring.provisioning.api;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sipring.api.NodeId;
import org.sipring.store.group.Kept;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.raft.Nodes;
import org.sipring.store.raft.Peer;

/** Nodes that have replicas, as a test names them. */
final class KnownNodes implements Nodes {
    private volatile List<Peer> running = List.of();

    /** From now on these run. */
    List<ReplicaName> replicas(String... nodes) {
        List<ReplicaName> names = Arrays.stream(nodes)
                .map(node -> new ReplicaName(
                        new NodeId(node), UUID.nameUUIDFromBytes(node.getBytes(StandardCharsets.UTF_8))))
                .toList();
        running = names.stream()
                .map(name -> new Peer(name, new InetSocketAddress("127.0.0.1", 7610)))
                .toList();
        return names;
    }

    /** As a leader writes them down. */
    static List<Kept> kept(List<ReplicaName> voters) {
        return voters.stream().map(voter -> new Kept(voter, Optional.empty())).toList();
    }

    @Override
    public List<Peer> running() {
        return running;
    }

    @Override
    public int expected() {
        return Math.max(1, running.size());
    }

    @Override
    public Optional<BigInteger> certificate(NodeId node) {
        return Optional.empty();
    }

    @Override
    public boolean isRevoked(BigInteger certificate) {
        return false;
    }
}
