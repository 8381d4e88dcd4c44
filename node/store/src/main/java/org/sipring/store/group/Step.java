package org.sipring.store.group;

import java.util.Optional;

/**
 * One change of the group, made at once or not at all.
 *
 * @param leaves who votes no more
 * @param joins who votes from now on
 */
public record Step(Optional<ReplicaName> leaves, Optional<ReplicaName> joins) {
    static Step add(ReplicaName replica) {
        return new Step(Optional.empty(), Optional.of(replica));
    }

    static Step remove(ReplicaName replica) {
        return new Step(Optional.of(replica), Optional.empty());
    }

    static Step replace(ReplicaName old, ReplicaName by) {
        return new Step(Optional.of(old), Optional.of(by));
    }

    /**
     * Tells whether there are fewer votes afterwards.
     *
     * @return true when one leaves and none joins
     */
    public boolean shrinks() {
        return leaves.isPresent() && joins.isEmpty();
    }
}
