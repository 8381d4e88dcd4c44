package org.sipring.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sipring.testkit.SimChance;

/** RFC 2782: in which order the servers of a service are tried. */
final class Rfc2782Test {
    private static final int DRAWS = 4_000;

    private final SimChance chance = new SimChance(7);

    private List<String> order(Answer.Srv... records) {
        return SrvOrder.of(Arrays.asList(records), chance).stream()
                .map(Answer.Srv::target)
                .toList();
    }

    private double firstShare(String target, Answer.Srv... records) {
        return IntStream.range(0, DRAWS)
                        .filter(draw -> order(records).get(0).equals(target))
                        .count()
                / (double) DRAWS;
    }

    private static Answer.Srv srv(int priority, int weight, String target) {
        return new Answer.Srv(priority, weight, 5060, target);
    }

    @Test
    void lowerPrioritiesGoFirstWhateverTheirWeight() {
        assertThat(order(srv(20, 100, "c"), srv(10, 0, "b"), srv(1, 0, "a"))).containsExactly("a", "b", "c");
    }

    @Test
    void weightsAreSharesOfTheFirstPlace() {
        assertThat(firstShare("a", srv(1, 75, "a"), srv(1, 25, "b"))).isCloseTo(0.75, within(0.05));
        assertThat(firstShare("a", srv(1, 0, "a"), srv(1, 0, "b"))).isGreaterThan(0);
    }

    @Test
    void aServerWithoutWeightHasASmallChance() {
        assertThat(firstShare("a", srv(1, 99, "b"), srv(1, 0, "a")))
                .isCloseTo(0.01, within(0.01))
                .isPositive();
    }

    @Test
    void everyServerIsTriedOnce() {
        Answer.Srv[] records = Stream.of("a", "b", "c", "d")
                .map(target -> srv(1, target.charAt(0), target))
                .toArray(Answer.Srv[]::new);
        assertThat(order(records)).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void theRootAsTargetIsNoServer() {
        assertThat(order(srv(1, 1, ""))).isEmpty();
    }
}
