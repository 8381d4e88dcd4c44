package org.sipring.store.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sipring.api.NodeId;
import org.sipring.store.command.Key;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimHost;
import org.sipring.testkit.Weather;

/**
 * Mirrors among failures of all kinds, a world from each seed: they never go back to what was before, and once there is peace
 * they are equal to the replicas. {@code -Dsipring.seed=N} lives through one world alone.
 */
final class MirrorFaultsTest {
    private static final int WORLDS = 40;
    private static final int MISHAPS = 60;
    private static final int KEYS = 30;
    private static final int MORE_THAN_IS_REMEMBERED = 9_000;

    static LongStream seeds() {
        long one = Long.getLong("sipring.seed", 0);
        return one == 0 ? LongStream.rangeClosed(1, WORLDS) : LongStream.of(one);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mirrorsNeverGoBackAndAreEqualInPeace(long seed) {
        MirrorWorld world = new MirrorWorld(seed);
        Mishaps mishaps = new Mishaps(world);
        for (int times = 0; times < MISHAPS; times++) {
            mishaps.next();
            world.time.advance(Duration.ofMillis(world.chance.below(1500)));
            mishaps.lookAround();
        }
        mishaps.end();
        world.time.advance(Duration.ofSeconds(40));
        world.settle();
    }

    /** What happens in a world. */
    private static final class Mishaps {
        private final MirrorWorld world;
        private final SimChance chance;
        private final List<Throwable> broken = new ArrayList<>();

        Mishaps(MirrorWorld world) {
            this.world = world;
            chance = world.chance;
        }

        private <T> T any(List<T> all) {
            return all.get(chance.below(all.size()));
        }

        private String holder() {
            return any(MirrorWorld.HOLDERS);
        }

        private Key key() {
            return MirrorWorld.key(chance.below(KEYS));
        }

        void next() {
            switch (chance.below(16)) {
                case 0, 1, 2, 3 -> changes(1 + chance.below(20));
                case 4, 5 -> writes(any(MirrorWorld.OTHERS));
                case 6 -> catchesUp(any(MirrorWorld.OTHERS));
                case 7 -> world.network.turn(chance.percent(50) ? Weather.FOUL : Weather.FAIR);
                case 8 -> part(any(MirrorWorld.OTHERS), holder());
                case 9 -> world.network.mend();
                case 10 -> restart(holder());
                case 11 -> hangOrGoOn(holder());
                case 12 -> world.replica(holder()).jump();
                case 13 -> world.replica(holder()).lag(chance.percent(60));
                case 14 -> world.replica(holder()).open(chance.percent(60));
                default -> seldom();
            }
        }

        private void seldom() {
            if (chance.percent(50)) {
                world.group.lead(chance.percent(50));
            } else if (chance.percent(20)) {
                changes(MORE_THAN_IS_REMEMBERED);
            }
        }

        private void changes(int many) {
            for (int change = 0; change < many; change++) {
                if (chance.percent(60)) {
                    world.put(key(), length(many));
                } else {
                    world.delete(key());
                }
            }
        }

        // Now and then so much that a copy takes several pages.
        private int length(int many) {
            return chance.below(many < MORE_THAN_IS_REMEMBERED && chance.percent(10) ? 150_000 : 50);
        }

        private void writes(String name) {
            MirrorStore mirror = world.mirror(name);
            if (mirror.isReadable()) {
                Key key = key();
                long current = world.look(name).revision(key);
                CompletionStage<?> written = current > 0 && chance.percent(40)
                        ? mirror.delete(key.collection(), key.name(), current)
                        : mirror.put(key.collection(), key.name(), chance.bytes(5), current)
                                .thenAccept(revision -> revision.ifPresent(there -> wasThere(key, there)));
                judge(written);
            }
        }

        private void wasThere(Key key, long revision) {
            assertThat(world.group.history.moment(key, revision, 0)).isPresent();
        }

        private void catchesUp(String name) {
            int entries = world.group.entries();
            judge(world.mirror(name).catchUp().thenRun(() -> world.look(name).expect(entries)));
        }

        // That something has not come about in time is no mistake.
        private void judge(CompletionStage<?> stage) {
            var unused = stage.whenComplete((done, failure) -> {
                if (failure != null && !(failure.getCause() instanceof TimeoutException)) {
                    broken.add(failure);
                }
            });
        }

        private void part(String here, String there) {
            world.network.part(List.of(new NodeId(here)), List.of(new NodeId(there)));
        }

        private void restart(String name) {
            world.host(name).kill();
            world.time.advance(Duration.ofMillis(chance.below(3000)));
            world.hold(name);
        }

        private void hangOrGoOn(String name) {
            SimHost host = world.host(name);
            if (host.running()) {
                host.hang();
            } else {
                host.resume();
            }
        }

        void lookAround() {
            assertThat(broken).isEmpty();
            MirrorWorld.OTHERS.stream()
                    .filter(name -> world.mirror(name).isReadable())
                    .forEach(name -> world.look(name).lookAround());
        }

        void end() {
            world.network.mend();
            world.network.turn(Weather.FAIR);
            world.group.lead(true);
            for (String name : MirrorWorld.HOLDERS) {
                world.replica(name).lag(false);
                world.replica(name).open(true);
                world.host(name).resume();
            }
        }
    }
}
