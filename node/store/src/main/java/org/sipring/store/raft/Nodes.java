package org.sipring.store.raft;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;

/** What the platform tells of its nodes. Only a hint: who is in the group, the group alone says. Callable from any thread. */
public interface Nodes {
    /**
     * The replicas that run and may vote.
     *
     * @return those of the best nodes first
     */
    List<Peer> running();

    /**
     * How many nodes may hold a replica, those included that are away for a while: the group never becomes smaller since
     * one of them fails.
     *
     * @return at least 1
     */
    int expected();

    /**
     * The certificate of a node, as the node has told it last.
     *
     * @param node any node
     * @return its serial number; empty where nothing has been heard of the node since this one began
     */
    Optional<BigInteger> certificate(NodeId node);

    /**
     * Tells whether a certificate has been revoked: nobody waits for its node any more.
     *
     * @param certificate its serial number
     * @return true when the operator says so
     */
    boolean isRevoked(BigInteger certificate);

    /**
     * Tells whether a node has been taken out of the platform for good, as far as it has been heard of.
     *
     * @param node any node
     * @return true when it will not come back
     */
    default boolean removed(NodeId node) {
        return certificate(node).filter(this::isRevoked).isPresent();
    }
}
