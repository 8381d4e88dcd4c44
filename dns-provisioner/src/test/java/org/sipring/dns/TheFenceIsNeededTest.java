package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sipring.dns.fence.FenceRule;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.plan.Views;
import org.sipring.dns.plan.ZonePlanner;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/**
 * Three managers that crash, hang, come back and part, and a network that loses answers and delivers updates late and
 * twice. With the fence no update ever takes effect after a later one, and the zone is right in the end. Without it, or
 * with a fence that changes only per reign, it is not so. One seed again: {@code -Dsipring.seed=17}.
 */
class TheFenceIsNeededTest {
    private static final int SEEDS = 60;

    private static final FenceRule NONE = new FenceRule() {
        @Override
        public List<Update.Prerequisite> prerequisites(Optional<RrSet> read, RrKey fence) {
            return List.of();
        }

        @Override
        public FenceText next(Optional<FenceText> read, FenceText fresh) {
            return fresh;
        }
    };

    private static final FenceRule PER_REIGN = new FenceRule() {
        @Override
        public List<Update.Prerequisite> prerequisites(Optional<RrSet> read, RrKey fence) {
            return FenceRule.EXACT.prerequisites(read, fence);
        }

        @Override
        public FenceText next(Optional<FenceText> read, FenceText fresh) {
            return read.filter(text -> text.holder().equals(fresh.holder())).orElse(fresh);
        }
    };

    @Test
    void withTheFenceNoUpdateTakesEffectAfterALaterOneAndTheZoneIsRightInTheEnd() {
        Long replay = Long.getLong("sipring.seed");
        LongStream seeds = replay == null ? LongStream.range(0, SEEDS) : LongStream.of(replay);
        seeds.forEach(seed -> assertThat(new World(seed, FenceRule.EXACT).run())
                .as("replay with -Dsipring.seed=" + seed)
                .isEmpty());
    }

    @Test
    void withoutAFenceAnOldUpdateTakesEffect() {
        assertThat(firstFailure(NONE)).contains("took effect after");
    }

    @Test
    void withAFencePerReignAnOldUpdateTakesEffect() {
        assertThat(firstFailure(PER_REIGN)).contains("took effect after");
    }

    private static String firstFailure(FenceRule rule) {
        return LongStream.range(0, SEEDS)
                .mapToObj(seed -> new World(seed, rule).run())
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("nothing went wrong");
    }

    /** One run of one seed. */
    private static final class World {
        private static final int NODES = 3;

        private final SimTime time = new SimTime();
        private final SimChance chance;
        private final SimPrimary primary;
        private final FenceRule rule;
        private final Map<Integer, SimNode> alive = new TreeMap<>();
        private final Map<Integer, SimNode.Disk> disks = new TreeMap<>();

        World(long seed, FenceRule rule) {
            this.chance = new SimChance(seed);
            this.primary = new SimPrimary(time, chance.split());
            this.rule = rule;
            IntStream.rangeClosed(1, NODES).forEach(this::start);
        }

        /** What went wrong, if anything. */
        Optional<String> run() {
            showAll();
            time.advance(Duration.ofSeconds(1));
            storm(true);
            for (int event = 0; event < 30; event++) {
                happen();
                time.advance(Duration.ofMillis(chance.below(8000)));
                Optional<String> wrong = order();
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            storm(false);
            IntStream.rangeClosed(1, NODES)
                    .filter(number -> !alive.containsKey(number))
                    .forEach(this::start);
            alive.values().forEach(node -> node.host.resume());
            showAll();
            time.advance(Duration.ofSeconds(45));
            return order().or(this::end);
        }

        private void start(int number) {
            SimNode.Disk disk = disks.computeIfAbsent(number, any -> new SimNode.Disk());
            alive.put(number, SimNode.start(number, time, primary, rule, disk));
        }

        private void storm(boolean on) {
            primary.lost = on ? 10 : 0;
            primary.unanswered = on ? 15 : 0;
            primary.late = on ? 15 : 0;
            primary.repeated = on ? 30 : 0;
        }

        private void happen() {
            int number = 1 + chance.below(NODES);
            SimNode node = alive.get(number);
            switch (chance.below(5)) {
                case 0 -> {
                    if (node == null) {
                        start(number);
                    } else if (alive.size() > 1) {
                        node.host.kill();
                        alive.remove(number);
                    }
                    showAll();
                }
                case 1 -> {
                    if (node != null) {
                        node.host.hang();
                    }
                }
                case 2 -> alive.values().forEach(any -> any.host.resume());
                case 3 -> part();
                default -> showAll();
            }
        }

        /** Everybody sees everybody. */
        private void showAll() {
            alive.values().forEach(node -> node.sees(numbers(alive.keySet())));
        }

        /** Two sides, drawn at random. */
        private void part() {
            List<Integer> left = new ArrayList<>();
            List<Integer> right = new ArrayList<>();
            alive.keySet().forEach(number -> (chance.percent(50) ? left : right).add(number));
            left.forEach(number -> at(number).sees(numbers(left)));
            right.forEach(number -> at(number).sees(numbers(right)));
        }

        private SimNode at(int number) {
            SimNode node = alive.get(number);
            if (node == null) {
                throw new IllegalStateException("n" + number + " is dead");
            }
            return node;
        }

        private static int[] numbers(Collection<Integer> numbers) {
            return numbers.stream().mapToInt(Integer::intValue).toArray();
        }

        private Optional<String> order() {
            int last = 0;
            for (SimPrimary.Applied applied : primary.applied()) {
                if (applied.number() <= last) {
                    return Optional.of("update " + applied.number() + " took effect after " + last);
                }
                last = applied.number();
            }
            return Optional.empty();
        }

        private Optional<String> end() {
            Map<RrKey, RrSet> plan =
                    ZonePlanner.plan(Views.ready(1, 2, 3), Views.POLICY).sets();
            return plan.entrySet().stream()
                    .filter(entry ->
                            !Optional.of(entry.getValue()).equals(primary.zone().get(entry.getKey())))
                    .map(entry -> entry.getKey() + " is not as planned in the end")
                    .findFirst();
        }
    }
}
