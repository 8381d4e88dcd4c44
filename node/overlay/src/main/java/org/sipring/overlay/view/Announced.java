package org.sipring.overlay.view;

import java.util.UUID;
import org.sipring.api.Member;

/**
 * What a node says of itself.
 *
 * @param life Hazelcast's id of this membership: new at each start and after each merge
 * @param port its overlay port
 * @param member the node; its rank is the composer's to give
 */
record Announced(UUID life, int port, Member member) {
    Announced ranked(long rank) {
        return new Announced(life, port, member.ranked(rank));
    }
}
