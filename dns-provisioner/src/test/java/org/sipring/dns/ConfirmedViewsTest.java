package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** A smaller view is told when it is true. */
class ConfirmedViewsTest {
    private static final Duration MOMENT = Duration.ofMillis(10);

    private final SimTime time = new SimTime();
    private final SimOverlay n1 = new SimOverlay(Views.id(1), time.ticker());
    private final SimOverlay n3 = new SimOverlay(Views.id(3), time.ticker());
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void three() {
        ConfirmedViews.answer(n3);
        n1.connect(n3);
        sees(1, 2, 3);
        new ConfirmedViews(n1, time.ticker()).onView(view -> told.add(names(view.members())));
        time.advance(MOMENT);
    }

    private void sees(int... numbers) {
        n1.show(Views.ready(numbers).members().toArray(Member[]::new));
    }

    private static String names(List<Member> members) {
        return String.join(
                " ", members.stream().map(member -> member.id().value()).toList());
    }

    @Test
    void aCrashIsToldAsSoonAsTheOthersAnswered() {
        sees(1, 3);
        time.advance(MOMENT);
        assertThat(told).containsExactly("n1 n2 n3", "n1 n3");
    }

    @Test
    void whoeverLosesAllOneAfterTheOtherIsToldOfTheLastViewOnly() {
        n1.disconnect(n3);
        sees(1, 3);
        time.advance(Duration.ofSeconds(1));
        sees(1);
        time.advance(Duration.ofMinutes(1));
        assertThat(told).containsExactly("n1 n2 n3", "n1");
    }

    @Test
    void aSilentMemberDelaysTheViewNoLongerThanTheLimit() {
        n1.disconnect(n3);
        sees(1, 3);
        time.advance(ConfirmedViews.LIMIT.plus(MOMENT));
        assertThat(told).containsExactly("n1 n2 n3", "n1 n3");
    }

    @Test
    void aLargerViewIsToldAtOnceAlsoInPlaceOfAnUnconfirmedOne() {
        n1.disconnect(n3);
        sees(1, 3);
        sees(1, 2, 3);
        time.advance(Duration.ofMinutes(1));
        assertThat(told).containsExactly("n1 n2 n3", "n1 n2 n3");
    }
}
