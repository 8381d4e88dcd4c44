package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.dns.plan.Views;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** A smaller view is told when it is true. */
class ConfirmedViewsTest {
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimTime time = new SimTime();
    private final List<SimOverlay> nodes = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> new SimOverlay(Views.id(number), time.ticker()))
            .toList();
    private final SimOverlay n1 = nodes.get(0);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void all() {
        others(2, 3, 4, 5).forEach(other -> {
            ConfirmedViews.answer(other);
            n1.connect(other);
        });
    }

    private void begin(int... numbers) {
        sees(numbers);
        new ConfirmedViews(n1, time.ticker()).onView(view -> told.add(names(view.members())));
        time.advance(MOMENT);
        told.clear();
    }

    private Stream<SimOverlay> others(int... numbers) {
        return Arrays.stream(numbers).mapToObj(number -> nodes.get(number - 1));
    }

    private void silent(int... numbers) {
        others(numbers).forEach(n1::disconnect);
    }

    private void sees(int... numbers) {
        n1.show(Views.ready(numbers).members().toArray(Member[]::new));
    }

    private static String names(List<Member> members) {
        return String.join(
                " ", members.stream().map(member -> member.id().value()).toList());
    }

    @Test
    void theFirstViewIsToldAtOnce() {
        sees(1, 2, 3);
        new ConfirmedViews(n1, time.ticker()).onView(view -> told.add(names(view.members())));
        time.advance(MOMENT);
        assertThat(told).containsExactly("n1 n2 n3");
    }

    @Test
    void aCrashIsToldAsSoonAsTheOthersAnswered() {
        begin(1, 2, 3);
        sees(1, 3);
        time.advance(MOMENT);
        assertThat(told).containsExactly("n1 n3");
    }

    @Test
    void mostOfThoseBeforeAreEnough() {
        begin(1, 2, 3, 4, 5);
        silent(5);
        sees(1, 2, 3, 5);
        time.advance(MOMENT);
        assertThat(told).containsExactly("n1 n2 n3 n5");
    }

    @Test
    void allWhoAreLeftAreEnough() {
        begin(1, 2, 3, 4, 5);
        sees(1, 2);
        time.advance(MOMENT);
        assertThat(told).containsExactly("n1 n2");
    }

    @Test
    void halfOfThoseBeforeAreNotEnough() {
        begin(1, 2, 3, 4);
        silent(3);
        sees(1, 2, 3);
        time.advance(SECOND);
        assertThat(told).isEmpty();
    }

    @Test
    void whoIsNewDoesNotMakeUpForThoseWhoWereThere() {
        Set<NodeId> before = ids(1, 2, 3);
        assertThat(ConfirmedViews.isTrue(before, ids(1, 3, 4, 5), ids(1, 4, 5))).isFalse();
        assertThat(ConfirmedViews.isTrue(before, ids(1, 3, 4, 5), ids(1, 3))).isTrue();
    }

    private static Set<NodeId> ids(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Views::id).collect(Collectors.toSet());
    }

    @Test
    void whoeverLosesAllOneAfterTheOtherIsToldOfTheLastViewOnly() {
        begin(1, 2, 3);
        silent(2, 3);
        sees(1, 3);
        time.advance(Duration.ofSeconds(5));
        sees(1);
        time.advance(Duration.ofMinutes(1));
        assertThat(told).containsExactly("n1");
    }

    @Test
    void whoDoesNotAnswerIsAskedAgain() {
        begin(1, 2, 3);
        silent(3);
        sees(1, 3);
        time.advance(SECOND);
        n1.connect(nodes.get(2));
        time.advance(ConfirmedViews.PAUSE);
        assertThat(told).containsExactly("n1 n3");
    }

    @Test
    void aSilentMemberDelaysTheViewNoLongerThanTheLimit() {
        begin(1, 2, 3);
        silent(3);
        sees(1, 3);
        time.advance(ConfirmedViews.LIMIT.minus(MOMENT));
        assertThat(told).isEmpty();
        time.advance(MOMENT.multipliedBy(2));
        assertThat(told).containsExactly("n1 n3");
    }

    @Test
    void aLargerViewIsToldAtOnceAlsoInPlaceOfAnUnconfirmedOne() {
        begin(1, 2, 3);
        silent(3);
        sees(1, 3);
        sees(1, 2, 3);
        time.advance(Duration.ofMinutes(1));
        assertThat(told).containsExactly("n1 n2 n3");
    }
}
