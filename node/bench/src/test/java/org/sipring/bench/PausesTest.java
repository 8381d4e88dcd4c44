package org.sipring.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PausesTest {
    private static final String LOG =
            """
            [0.011s][info][gc] Using Parallel
            [9.5s][info][gc] GC(0) Pause Young (Allocation Failure) 256M->11M(981M) 12.345ms
            [9.9s][info][gc] GC(1) Concurrent Mark 3.000ms
            [12.1s][info][gc] GC(2) Pause Full (Diagnostic Command) 90M->10M(981M) 55.001ms
            """;

    @Test
    void pausesAreReadAndNothingElse() {
        assertThat(Pauses.read(LOG)).containsExactly(12.345, 55.001);
    }

    @Test
    void theLongestCounts() {
        assertThat(Pauses.longest(List.of(3.0, 7.0, 1.0))).isEqualTo(7);
        assertThat(Pauses.longest(List.of())).isZero();
    }
}
