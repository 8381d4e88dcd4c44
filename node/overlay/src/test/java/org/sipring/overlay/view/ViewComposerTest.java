package org.sipring.overlay.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.overlay.member.Seat;

class ViewComposerTest {
    private final List<Seat> seats = new ArrayList<>();
    private final Map<UUID, Announced> announced = new HashMap<>();
    private Composed last = new Composed(1, 0, 0, "p1", List.of());

    @Test
    void aMemberIsInTheViewOnceItHasAnnouncedItself() {
        seat(1, "n1");
        seat(2, "n2");
        announce(1, "n1", NodeState.READY);

        assertThat(names(compose())).containsExactly("n1");
        announce(2, "n2", NodeState.JOINING);
        assertThat(names(compose())).containsExactly("n1", "n2");
    }

    @Test
    void whoHasLeftTheClusterIsOutAtOnce() {
        three();
        seats.remove(0);

        assertThat(names(compose())).containsExactly("n2", "n3");
    }

    @Test
    void anAnnouncementOfAnEarlierLifeDoesNotCount() {
        seat(7, "n1");
        announce(1, "n1", NodeState.READY);

        assertThat(names(compose())).isEmpty();
    }

    @Test
    void nobodyAnnouncesUnderAnotherName() {
        seat(1, "n1");
        announce(1, "n2", NodeState.READY);

        assertThat(names(compose())).isEmpty();
    }

    @Test
    void onlyRolesThatTheJoinPermittedAreShown() {
        seats.add(new Seat(life(1), new NodeId("n1"), Set.of(RoleName.PROXY)));
        announced.put(life(1), announced(1, "n1", NodeState.READY, Set.of(RoleName.PROXY, RoleName.MANAGER)));

        assertThat(compose().members().get(0).roles()).containsExactly(RoleName.PROXY);
    }

    @Test
    void theSameContentIsTheSameView() {
        Composed first = three();

        assertThat(compose()).isSameAs(first);
    }

    @Test
    void agesFollowTheOrderOfJoiningAndStayAsLongAsAMembershipLasts() {
        three();
        assertThat(ranks(last)).containsExactly(1L, 2L, 3L);

        seats.remove(0);
        seat(4, "n1");
        announce(4, "n1", NodeState.READY);
        assertThat(names(compose())).containsExactly("n2", "n3", "n1");
        assertThat(ranks(last)).containsExactly(2L, 3L, 4L);
    }

    @Test
    void theGenerationCountsMembershipsNotStates() {
        long generation = three().generation();
        announce(2, "n2", NodeState.DRAINING);
        assertThat(compose().generation()).isEqualTo(generation);
        seats.remove(2);
        assertThat(compose().generation()).isEqualTo(generation + 1);
    }

    @Test
    void whoTakesOverKeepsContentAndAgesAndCountsOnFromItsOwnOrder() {
        Composed before = three();
        Composed taken = ViewComposer.takeOver(before, 2, 40, "p1");

        assertThat(taken.announced()).isEqualTo(before.announced());
        assertThat(taken.generation()).isEqualTo(before.generation());
        assertThat(taken.term()).isEqualTo(2);
        assertThat(taken.order()).isEqualTo(40);
        assertThat(ViewComposer.takeOver(taken, 2, 41, "p1")).isSameAs(taken);
    }

    @Test
    void formatsReadWhatTheyWrote() {
        Composed composed = three();
        ViewFormat.Announcement announcement = new ViewFormat.Announcement(
                announced(1, "n1", NodeState.DRAINING, Set.of(RoleName.PROXY, RoleName.MANAGER)), 99);

        assertThat(ViewFormat.composed(ViewFormat.encode(composed))).isEqualTo(composed);
        assertThat(ViewFormat.announcement(ViewFormat.encode(announcement))).isEqualTo(announcement);
    }

    private Composed three() {
        for (int number = 1; number <= 3; number++) {
            seat(number, "n" + number);
            announce(number, "n" + number, NodeState.READY);
        }
        return compose();
    }

    private Composed compose() {
        last = ViewComposer.next(seats, announced, last);
        return last;
    }

    private void seat(int life, String name) {
        seats.add(new Seat(life(life), new NodeId(name), Set.of(RoleName.PROXY)));
    }

    private void announce(int life, String name, NodeState state) {
        announced.put(life(life), announced(life, name, state, Set.of(RoleName.PROXY)));
    }

    private static Announced announced(int life, String name, NodeState state, Set<RoleName> roles) {
        return new Announced(
                life(life), 7600, new Member(new NodeId(name), "127.0.0.1", roles, 100, "1.0", state, life, 0, false));
    }

    private static UUID life(int number) {
        return new UUID(0, number);
    }

    private static List<String> names(Composed composed) {
        return composed.members().stream().map(member -> member.id().value()).toList();
    }

    private static List<Long> ranks(Composed composed) {
        return composed.members().stream().map(Member::rank).toList();
    }
}
