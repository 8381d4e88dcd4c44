package org.sipring.overlay.member;

import java.util.Set;
import java.util.UUID;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;

/**
 * A Hazelcast member, as judged when it joined.
 *
 * @param life Hazelcast's id of the membership
 * @param node its name
 * @param roles the roles that it asked for and its certificate permits
 */
public record Seat(UUID life, NodeId node, Set<RoleName> roles) {
    /** Copies the roles. */
    public Seat {
        roles = Set.copyOf(roles);
    }
}
