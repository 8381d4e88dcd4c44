package org.sipring.app.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;

/**
 * Three nodes in peace; then the one that holds the zone is cut off. It misses the others one by one: which one first,
 * and how much later the other, is left to chance.
 */
class CutTest {
    private static final int SEEDS = 60;
    private static final String HOLDER = "127.0.0.11";
    private static final Set<String> OTHERS = Set.of("127.0.0.12", "127.0.0.13");
    private static final Set<String> ALL = Set.of(HOLDER, "127.0.0.12", "127.0.0.13");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final Duration REST = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(100);

    @Test
    void theOthersTakeTheZoneAndNoneOfThemIsEverMissing() {
        seeds().forEach(seed -> theOthersTakeTheZone(seed, CutTest::cutOff));
    }

    @Test
    void theyDoSoAlsoWhenTheHolderMissesThemSecondsApart() {
        seeds().forEach(seed -> theOthersTakeTheZone(seed, CutTest::cutOffSlowly));
    }

    @Test
    void theyDoSoAlsoWhenTheyFindEachOtherLate() {
        seeds().forEach(seed -> theOthersTakeTheZone(seed, CutTest::scatter));
    }

    @Test
    void aHolderThatDoesNotAskWhoIsLeftShrinksTheZoneToItself() {
        assertThat(seeds().mapToObj(seed -> zones(seed, Rules.ALL.with(Hearing.AT_ONCE), CutTest::scatter)))
                .anySatisfy(zones -> assertThat(zones).endsWith(Set.of(HOLDER)));
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    private static void cutOff(Scene scene) {
        scene.part(N1, N2, N3);
    }

    private static void cutOffSlowly(Scene scene) {
        scene.part(N1, N2);
        scene.pass(Duration.ofSeconds(3));
        scene.part(N1, N3);
    }

    /** The others part from each other, too. Real ones have been seen to take 12 s until they were together again. */
    private static void scatter(Scene scene) {
        scene.part(N1, N2, N3);
        scene.part(N2, N3);
        scene.pass(Duration.ofSeconds(12));
        scene.world.network().mend();
        scene.part(N1, N2, N3);
    }

    private static void theOthersTakeTheZone(long seed, Consumer<Scene> story) {
        assertThat(zones(seed, Rules.ALL, story)).as("seed %d", seed).containsExactly(ALL, OTHERS);
    }

    private static List<Set<String>> zones(long seed, Rules rules, Consumer<Scene> story) {
        Scene scene = new Scene(World.of(ALL.size(), seed, rules));
        story.accept(scene);
        scene.pass(REST);
        return scene.zones;
    }

    /** A world, and whom phones are led to in it: one zone after the other. */
    private static final class Scene {
        final World world;
        final List<Set<String>> zones;

        Scene(World world) {
            this.world = world;
            this.zones = new ArrayList<>(List.of(world.primary().proxies()));
        }

        void part(NodeId one, NodeId... others) {
            world.network().part(List.of(one), List.of(others));
        }

        void pass(Duration duration) {
            for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(STEP)) {
                world.endure(STEP);
                Set<String> zone = world.primary().proxies();
                if (!zone.equals(zones.get(zones.size() - 1))) {
                    zones.add(zone);
                }
            }
        }
    }
}
