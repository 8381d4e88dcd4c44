package org.sipring.store.raft;

import java.util.List;
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
     * Tells whether a node has been taken out of the platform for good, so that nobody waits for its replica: it has been
     * forgotten, or the operator says so.
     *
     * @param node any node
     * @return true when it will not come back
     */
    boolean removed(NodeId node);
}
