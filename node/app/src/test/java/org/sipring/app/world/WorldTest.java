package org.sipring.app.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
    // Of so many worlds one at least must have lived through each mishap.
    private static final int ONE_OF = 50;
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
        Map<Mishap, LongAdder> mishaps = new EnumMap<>(Mishap.class);
        for (Mishap mishap : Mishap.values()) {
            mishaps.put(mishap, new LongAdder());
        }
        Optional<String> failure = seeds.parallel()
                .peek(seed -> lived.increment())
                .mapToObj(seed -> failure(seed, Rules.ALL, mishaps))
                .flatMap(Optional::stream)
                .findFirst();
        System.out.printf("MEASURED %d worlds: %d ms%n", lived.sum(), (System.nanoTime() - start) / 1_000_000);
        assertThat(failure).as("the first world that broke a rule").isEmpty();
        System.out.println("MEASURED worlds by what came between in their calls: " + mishaps);
        assertThat(mishaps.values())
                .as("worlds by what came between in their calls: %s", mishaps)
                .allMatch(worlds -> worlds.sum() >= lived.sum() / ONE_OF);
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
        return failure(seed, rules, Map.of());
    }

    private static Optional<String> failure(long seed, Rules rules, Map<Mishap, LongAdder> mishaps) {
        World world = World.random(seed, rules);
        Optional<String> broken = world.run();
        world.mishaps().stream().map(mishaps::get).filter(Objects::nonNull).forEach(LongAdder::increment);
        return broken.map(rule -> String.join(
                System.lineSeparator(),
                world.trace(),
                "seed " + seed + ": " + rule,
                "again: mvn -q -pl node/app -am test -Dtest=WorldTest -Dsurefire.failIfNoSpecifiedTests=false -Dsipring.seed="
                        + seed));
    }
}
