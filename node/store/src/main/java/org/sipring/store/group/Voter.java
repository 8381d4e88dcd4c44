package org.sipring.store.group;

import org.sipring.api.NodeId;

/**
 * A replica that votes, as the leader sees it.
 *
 * @param node whose it is
 * @param condition how it is
 */
public record Voter(NodeId node, Condition condition) {
    /** How a replica is. */
    public enum Condition {
        /** It answers, and has what the leader has. */
        WELL,
        /** It answers, and has not caught up yet. */
        BEHIND,
        /** It does not answer; it may come back. */
        AWAY,
        /** It has not answered for so long that another one is to take its place. */
        LOST,
        /** The operator has taken its node out of the platform for good. */
        REMOVED
    }

    boolean is(Condition other) {
        return condition == other;
    }
}
