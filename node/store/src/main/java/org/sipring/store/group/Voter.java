package org.sipring.store.group;

import java.util.Set;

/**
 * A replica that votes, as the leader sees it.
 *
 * @param name what it is called
 * @param condition how it is
 * @param unwanted whether an operator wants another in its place, however it is
 */
public record Voter(ReplicaName name, Condition condition, boolean unwanted) {
    private static final Set<Condition> GONE = Set.of(Condition.REMOVED, Condition.MOVED, Condition.LOST);

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
        /** It listens at another address than the group knows: it has to leave, and comes again under another name. */
        MOVED,
        /** It will not come back: its node has been taken out of the platform, or has lost its disk. */
        REMOVED
    }

    boolean is(Condition other) {
        return condition == other;
    }

    /** Whether it is to leave. */
    boolean isGone() {
        return unwanted || GONE.contains(condition);
    }

    /** Whether it is known never to vote again under this name, other than one that merely fails. */
    boolean isGoneForGood() {
        return is(Condition.REMOVED) || is(Condition.MOVED);
    }
}
