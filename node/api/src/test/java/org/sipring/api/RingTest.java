package org.sipring.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final int KEYS = 20_000;

    @Test
    void aRingWithoutNodesOwnsNothing() {
        Ring ring = ring(Members.proxies(0));

        assertThat(ring.owner("alice@sipring.test")).isEmpty();
        assertThat(ring.owners("alice@sipring.test", 3)).isEmpty();
    }

    @Test
    void onlyNodesInServiceWithTheRoleOwnKeys() {
        Member joining = Members.proxy(1).in(NodeState.JOINING);
        Member draining = Members.proxy(2).in(NodeState.DRAINING);
        View view = Members.view(List.of(joining, draining, Members.proxy(3)));

        assertThat(ring(view).share(new NodeId("n3"))).isEqualTo(1);
        assertThat(Ring.of(view, RoleName.MANAGER).owner("any")).isEmpty();
    }

    @Test
    void equalNodesOwnEqualShares() {
        Ring ring = ring(Members.proxies(10));

        assertThat(IntStream.rangeClosed(1, 10).mapToObj(number -> ring.share(new NodeId("n" + number))))
                .allSatisfy(share -> assertThat(share).isCloseTo(0.1, within(0.01)));
    }

    @Test
    void keysSpreadOverTheSlotsEvenly() {
        Ring ring = ring(Members.proxies(4));
        long owned = keys().filter(key -> owns(ring, 1, key)).count();

        assertThat(owned / (double) KEYS).isCloseTo(ring.share(new NodeId("n1")), within(0.01));
    }

    @Test
    void sharesFollowWeights() {
        Ring ring = ring(Members.view(List.of(Members.proxy(1, 400), Members.proxy(2, 100))));

        assertThat(ring.share(new NodeId("n1")) / ring.share(new NodeId("n2")))
                .isCloseTo(4, Percentage.withPercentage(8));
    }

    @Test
    void aNodeThatLeavesMovesOnlyItsOwnKeys() {
        View view = Members.proxies(5);
        Ring before = ring(view);
        Ring after = ring(Members.without(view, 3));

        assertThat(keys().filter(key -> !before.owner(key).equals(after.owner(key))))
                .allMatch(key -> owns(before, 3, key));
    }

    @Test
    void aNodeThatJoinsMovesOnlyTheKeysThatItTakes() {
        Ring before = ring(Members.proxies(4));
        Ring after = ring(Members.proxies(5));

        assertThat(keys().filter(key -> !before.owner(key).equals(after.owner(key))))
                .isNotEmpty()
                .allMatch(key -> owns(after, 5, key));
    }

    @Test
    void theNextOwnerIsWhoTakesOverWhenTheFirstLeaves() {
        View view = Members.proxies(5);
        Ring all = ring(view);
        Ring rest = ring(Members.without(view, 2));

        assertThat(keys().filter(key -> owns(all, 2, key)).limit(100)).allSatisfy(key -> assertThat(rest.owner(key))
                .contains(all.owners(key, 2).get(1)));
    }

    @Test
    void ownersAreDistinctAndBeginWithTheOwner() {
        Ring ring = ring(Members.proxies(5));

        assertThat(ring.owners("bob@sipring.test", 9)).hasSize(5).doesNotHaveDuplicates();
        assertThat(ring.owner("bob@sipring.test"))
                .contains(ring.owners("bob@sipring.test", 1).get(0));
    }

    @Test
    void aRingThatFollowedViewsEqualsOneBuiltAnew() {
        View reweighted = Members.view(List.of(Members.proxy(1, 300), Members.proxy(2), Members.proxy(7)));
        Stream<View> views =
                Stream.of(Members.proxies(3), Members.proxies(6), Members.without(Members.proxies(6), 2), reweighted);

        Ring followed = ring(Members.proxies(0));
        for (View view : views.toList()) {
            followed = followed.follow(view);
            assertSameOwners(followed, ring(view));
        }
    }

    @Test
    void viewsOfEqualIdGiveEqualOwners() {
        View one = Members.view(List.of(Members.proxy(1), Members.proxy(2), Members.proxy(3)));
        View other = new View(77, "test", List.of(Members.proxy(3), Members.proxy(2), Members.proxy(1)));

        assertThat(one.id()).isEqualTo(other.id());
        assertSameOwners(ring(one), ring(other));
    }

    @Test
    void nothingIsBuiltWhenNothingChangedForTheRole() {
        Ring ring = ring(Members.proxies(3));

        assertThat(ring.follow(new View(9, "test", Members.proxies(3).members())))
                .isSameAs(ring);
    }

    @Test
    void ownersAreTheSameInEveryRelease() {
        Ring ring = ring(Members.proxies(5));

        assertThat(Stream.of("alice", "bob", "carol", "dave", "erin", "frank")
                        .map(user -> ring.owner(user + "@sipring.test").orElseThrow())
                        .map(NodeId::value))
                .containsExactly("n5", "n4", "n5", "n5", "n1", "n3");
    }

    private static void assertSameOwners(Ring one, Ring other) {
        assertThat(keys().map(one::owner).toList())
                .isEqualTo(keys().map(other::owner).toList());
    }

    private static boolean owns(Ring ring, int number, String key) {
        return ring.owner(key).orElseThrow().value().equals("n" + number);
    }

    private static Ring ring(View view) {
        return Ring.of(view, RoleName.PROXY);
    }

    private static Stream<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(number -> "user" + number + "@sipring.test");
    }
}
