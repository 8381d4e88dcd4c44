package org.sipring.overlay.view;

import java.util.UUID;
import org.sipring.api.Member;

/**
 * What a node says of itself.
 *
 * @param life Hazelcast's id of this membership: new at each start and after each merge
 * @param port its overlay port
 * @param member the node; its age is the composer's to give
 */
record Announced(UUID life, int port, Member member) {
    Announced aged(long age) {
        return new Announced(
                life,
                port,
                new Member(
                        member.id(),
                        member.address(),
                        member.roles(),
                        member.weight(),
                        member.version(),
                        member.state(),
                        member.boot(),
                        age));
    }
}
