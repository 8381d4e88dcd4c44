package org.sipring.api;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The members of the platform as one node sees them at one moment. The oldest member composes it and sends it to the
 * others.
 *
 * @param seq counts the views of this node upwards; local, never compared between nodes
 * @param platform the platform id, minted at bootstrap; nodes with different ids never meet
 * @param members sorted by name
 */
public record View(long seq, String platform, List<Member> members) {
    /** Sorts and copies the members. */
    public View {
        members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
    }

    /**
     * A hash of the content, without {@code seq}. Only nodes whose views have equal ids are promised equal results
     * from {@link Ring} and {@link Placement}.
     *
     * @return 64 bits of the canonical text of the members
     */
    public long id() {
        return Hash.of(platform + members);
    }

    /**
     * Finds a member.
     *
     * @param id its name
     * @return the member, or empty when it is not in this view
     */
    public Optional<Member> member(NodeId id) {
        int low = 0;
        int high = members.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = members.get(middle).id().compareTo(id);
            if (order == 0) {
                return Optional.of(members.get(middle));
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return Optional.empty();
    }

    /**
     * The members in service with a role, sorted by name.
     *
     * @param role the role asked for
     * @return the members; may be empty
     */
    public List<Member> serving(RoleName role) {
        return members.stream().filter(member -> member.serves(role)).toList();
    }

    /**
     * The member that joined first among those in service with a role.
     *
     * @param role the role asked for
     * @return the oldest, or empty when none serves it
     */
    public Optional<Member> oldestServing(RoleName role) {
        return serving(role).stream().min(Comparator.comparingLong(Member::rank));
    }
}
