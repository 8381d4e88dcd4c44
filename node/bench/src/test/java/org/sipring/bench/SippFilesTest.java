package org.sipring.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SippFilesTest {
    @Test
    void theLastLineOfTheStatisticsCounts() {
        List<String> lines = List.of("StartTime;SuccessfulCall(C);FailedCall(C);", "1;2;0;", "2;50;3;");
        assertThat(SippFiles.last(lines, "SuccessfulCall(C)")).isEqualTo(50);
        assertThat(SippFiles.last(lines, "FailedCall(C)")).isEqualTo(3);
    }

    @Test
    void aRunWithoutStatisticsSucceededInNothing() {
        assertThat(SippFiles.last(List.of(), "SuccessfulCall(C)")).isZero();
    }

    @Test
    void anotherSippIsNoticed() {
        assertThatThrownBy(() -> SippFiles.last(List.of("StartTime", "1"), "SuccessfulCall(C)"))
                .hasMessageContaining("SuccessfulCall(C)");
    }

    @Test
    void responseTimesAreSorted() {
        assertThat(SippFiles.millis(List.of("Date_ms;response_time_ms;rtd_no", "1;7.5;1", "2;0.25;1")))
                .containsExactly(0.25, 7.5);
    }
}
