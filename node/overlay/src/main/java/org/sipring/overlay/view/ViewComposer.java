package org.sipring.overlay.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.overlay.member.Seat;

/** The rules by which the oldest member composes the view. Pure. */
final class ViewComposer {
    private ViewComposer() {}

    /**
     * The members that are in the cluster and have announced themselves. A membership keeps its rank as long as it
     * lasts; new ones come after all others, in the cluster's order of joining.
     *
     * @param seats the cluster, in the order of joining
     * @param announced what each membership said of itself
     * @param last the view before
     * @return the same view when nothing changed, else the next one
     */
    static Composed next(List<Seat> seats, Map<UUID, Announced> announced, Composed last) {
        Map<UUID, Long> ranks = last.announced().stream()
                .collect(Collectors.toMap(
                        Announced::life, entry -> entry.member().rank()));
        long greatest = ranks.values().stream().mapToLong(rank -> rank).max().orElse(0);
        List<Announced> members = new ArrayList<>();
        for (Seat seat : seats) {
            Optional<Announced> entry = checked(seat, announced.get(seat.life()));
            if (entry.isPresent()) {
                Long rank = ranks.get(seat.life());
                members.add(entry.get().ranked(rank == null ? ++greatest : rank));
            }
        }
        if (members.equals(last.announced())) {
            return last;
        }
        boolean moved = !lives(members).equals(lives(last.announced()));
        return new Composed(
                last.term(), last.order() + 1, last.generation() + (moved ? 1 : 0), last.platform(), members);
    }

    /**
     * The composer takes over from another, or begins: its own term, the others' content. Its order goes on from the
     * last one it gave in this life, so that nobody takes its view for an old one.
     */
    static Composed takeOver(Composed last, long term, long order, String platform) {
        return last.term() == term ? last : new Composed(term, order, last.generation(), platform, last.announced());
    }

    /** Nobody gives itself a name or a role that it was not let in with. */
    private static Optional<Announced> checked(Seat seat, @Nullable Announced announced) {
        return Optional.ofNullable(announced)
                .filter(entry -> entry.member().id().equals(seat.node()))
                .map(entry -> new Announced(entry.life(), entry.port(), permitted(entry.member(), seat.roles())));
    }

    private static Member permitted(Member member, Set<RoleName> roles) {
        return member.taking(member.roles().stream().filter(roles::contains).collect(Collectors.toSet()));
    }

    private static Set<Object> lives(List<Announced> members) {
        return members.stream()
                .map(entry -> List.<Object>of(
                        entry.life(), entry.member().id(), entry.member().address()))
                .collect(Collectors.toSet());
    }

    /** Who composes: the member that joined first. */
    static Optional<NodeId> composer(List<Seat> seats) {
        return seats.stream().map(Seat::node).findFirst();
    }
}
