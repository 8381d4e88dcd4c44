package org.sipring.store.group;

import java.util.Optional;
import org.sipring.api.NodeId;

/**
 * One change of the group, made at once or not at all.
 *
 * @param leaves who votes no more
 * @param joins who votes from now on
 */
public record Step(Optional<NodeId> leaves, Optional<NodeId> joins) {
    static Step add(NodeId node) {
        return new Step(Optional.empty(), Optional.of(node));
    }

    static Step remove(NodeId node) {
        return new Step(Optional.of(node), Optional.empty());
    }

    static Step replace(NodeId old, NodeId by) {
        return new Step(Optional.of(old), Optional.of(by));
    }
}
