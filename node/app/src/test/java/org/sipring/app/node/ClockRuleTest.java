package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClockRuleTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "40, 40",
        "0 40, 0",
        "40 41, 40",
        "-40 -41, -40",
        "-1 0 40, 0",
        "39 40 41, 40",
    })
    void theMedianOfTheOthersIsBelieved(String others, long behind) {
        assertThat(ClockRule.behind(LongStream.of(numbers(others))
                        .mapToObj(Duration::ofSeconds)
                        .toList()))
                .isEqualTo(Duration.ofSeconds(behind));
    }

    @Test
    void moreThanTwoSecondsAlarmAndMoreThanThirtyRefuse() {
        assertThat(ClockRule.alarms(Duration.ofSeconds(-2))).isFalse();
        assertThat(ClockRule.alarms(Duration.ofMillis(-2001))).isTrue();
        assertThat(ClockRule.refuses(Duration.ofSeconds(30))).isFalse();
        assertThat(ClockRule.refuses(Duration.ofMillis(30_001))).isTrue();
    }

    @Test
    void theOperatorReadsWhichWayTheClockIsWrong() {
        assertThat(ClockRule.explain(Duration.ofMillis(2_600))).startsWith("this node's clock is 3 s behind the other");
        assertThat(ClockRule.explain(Duration.ofMillis(-40_100))).startsWith("this node's clock is 40 s ahead of the");
    }

    private static long[] numbers(String text) {
        return text.isEmpty()
                ? new long[0]
                : java.util.Arrays.stream(text.split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray();
    }
}
