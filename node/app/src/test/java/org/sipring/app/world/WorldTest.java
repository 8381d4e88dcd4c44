package org.sipring.app.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sipring.dns.Fences;

/**
 * Many worlds, each from its seed. {@code -Dsipring.seed=N} lives through one again and shows what happened in it;
 * {@code -Dsipring.seeds=N} changes how many there are.
 */
class WorldTest {
    private static final long SEEDS = Long.getLong("sipring.seeds", 1000);
    private static final long SEED = Long.getLong("sipring.seed", 0);
    private static final int ENOUGH_TO_FAIL = 200;
    private static final String LATER = "which came later";
    private static final String CUT_OFF = "cut off from most of";

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // A minute on two idle cores; builds share theirs.
    void everyWorldKeepsItsRulesAndComesToRest() {
        liveThrough(SEED == 0 ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(SEED));
    }

    @Test
    @Tag("long")
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void tenTimesAsManyWorldsKeepTheirRules() {
        liveThrough(LongStream.rangeClosed(SEEDS + 1, 10 * SEEDS));
    }

    private static void liveThrough(LongStream seeds) {
        long start = System.nanoTime();
        LongAdder lived = new LongAdder();
        Optional<String> failure = seeds.parallel()
                .peek(seed -> lived.increment())
                .mapToObj(seed -> failure(seed, Rules.ALL))
                .flatMap(Optional::stream)
                .findFirst();
        System.out.printf("MEASURED %d worlds: %d ms%n", lived.sum(), (System.nanoTime() - start) / 1_000_000);
        assertThat(failure).as("the first world that broke a rule").isEmpty();
    }

    @Test
    void withoutAFenceOldUpdatesWin() {
        assertThat(someFailure(Rules.ALL.with(Fences.NONE), LATER)).contains(LATER);
    }

    @Test
    void withAFenceThatChangesPerReignOnlyOldUpdatesWin() {
        assertThat(someFailure(Rules.ALL.with(Fences.PER_REIGN), LATER)).contains(LATER);
    }

    @Test
    void whoDoesNotAskWhoIsLeftTakesOutThoseWhoServe() {
        assertThat(someFailure(Rules.ALL.with(Hearing.AT_ONCE), CUT_OFF)).contains(CUT_OFF);
    }

    private static String someFailure(Rules rules, String kind) {
        return LongStream.rangeClosed(1, ENOUGH_TO_FAIL)
                .mapToObj(seed -> failure(seed, rules))
                .flatMap(Optional::stream)
                .filter(text -> text.contains(kind))
                .findFirst()
                .orElse("no world failed");
    }

    private static Optional<String> failure(long seed, Rules rules) {
        World world = World.random(seed, rules);
        return world.run()
                .map(rule -> String.join(
                        System.lineSeparator(),
                        world.trace(),
                        "seed " + seed + ": " + rule,
                        "again: mvn -q -pl node/app -am test -Dtest=WorldTest -Dsurefire.failIfNoSpecifiedTests=false -Dsipring.seed="
                                + seed));
    }
}
