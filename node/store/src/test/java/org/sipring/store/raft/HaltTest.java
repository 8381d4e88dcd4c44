package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** After the first failure nothing is applied, and the division is closed once, by another thread. */
final class HaltTest {
    private final List<Runnable> later = new ArrayList<>();
    private final List<String> applied = new ArrayList<>();
    private final Halt halt = new Halt(() -> applied.add("closed"), later::add);

    private String apply(String entry) {
        applied.add(entry);
        return entry;
    }

    private static String fail() {
        throw new IllegalStateException("the disk fails");
    }

    @Test
    void untilSomethingFailsAllIsApplied() {
        assertThat(halt.unless(() -> apply("one"))).isCompletedWithValue("one");
        assertThat(halt.unless(() -> apply("two"))).isCompletedWithValue("two");
        assertThat(later).isEmpty();
    }

    @Test
    void afterwardsNothingIs() {
        assertThat(halt.unless(HaltTest::fail))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("comes to a halt: the disk fails");
        assertThat(halt.unless(() -> apply("two"))).isCompletedExceptionally();
        assertThat(applied).isEmpty();
    }

    @Test
    void theDivisionIsClosedOnceAndNotByTheThreadThatApplies() {
        halt.because(new IllegalStateException("first"));
        halt.because(new IllegalStateException("second"));
        assertThat(applied).isEmpty();
        assertThat(later).hasSize(1);
        later.get(0).run();
        assertThat(applied).containsExactly("closed");
    }

    @Test
    void aNodeThatEndsHasNobodyToCloseIt() {
        Halt late = new Halt(() -> applied.add("closed"), work -> {
            throw new RejectedExecutionException("over");
        });
        assertThat(late.unless(HaltTest::fail)).isCompletedExceptionally();
        assertThat(late.unless(() -> apply("two"))).isCompletedExceptionally();
        assertThat(applied).isEmpty();
    }
}
