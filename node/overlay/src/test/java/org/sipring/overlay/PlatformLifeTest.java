package org.sipring.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.Hazelcast;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.api.View;
import org.sipring.overlay.forming.Wish;
import org.sipring.testkit.contract.Journal;

/** Real members in one process: they die, come back, and agree. */
@Tag("acceptance")
class PlatformLifeTest {
    @TempDir
    Path directory;

    @Test
    void aDeadNodeIsOutOfTheSurvivorsViewsAtOnceAlsoWhenItComposedThem() throws Exception {
        try (TestPlatform platform = new TestPlatform(directory, 3).start()) {
            View before = platform.running(3).overlay.view();
            long killed = System.nanoTime();
            platform.kill(1);
            View second = platform.running(2).seenOf(2);
            View third = platform.running(3).seenOf(2);
            Duration took = Duration.ofNanos(System.nanoTime() - killed);

            System.out.println("a dead composer was out of both views after " + took);
            assertThat(took).isLessThan(Duration.ofSeconds(2));
            assertThat(second.id()).isEqualTo(third.id());
            assertThat(third.members()).isEqualTo(before.members().subList(1, 3));
        }
    }

    @Test
    void whoComesBackIsYoungest() throws Exception {
        try (TestPlatform platform = new TestPlatform(directory, 3).start()) {
            platform.kill(1);
            platform.running(2).seenOf(2);
            platform.node(1).start(Wish.JOIN);
            View view = platform.running(3).seenOf(3);

            assertThat(view.members().stream()
                            .sorted((one, other) -> Long.compare(one.rank(), other.rank()))
                            .map(member -> member.id().value()))
                    .containsExactly("n2", "n3", "n1");
        }
    }

    @Test
    void afterAPowerCutOfAllNodesTheSamePlatformFormsAgainWithoutDns() throws Exception {
        try (TestPlatform platform = new TestPlatform(directory, 3).start()) {
            String id = platform.running(1).overlay.view().platform();
            platform.killAll();
            long restarted = System.nanoTime();
            List<CompletableFuture<Void>> starts = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                starts.add(platform.node(number).starting(Wish.JOIN));
            }
            for (int number = 1; number <= 3; number++) {
                starts.get(number - 1).get(60, TimeUnit.SECONDS);
                assertThat(platform.running(number).seenOf(3).platform()).isEqualTo(id);
            }
            System.out.println("formed again after " + Duration.ofNanos(System.nanoTime() - restarted));
            assertThat(Duration.ofNanos(System.nanoTime() - restarted)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void aPlatformThatFormsAgainIsYoungToAllAndOneThatLivesOnIsNot() throws Exception {
        try (TestPlatform platform = new TestPlatform(directory, 3).start()) {
            long started = System.nanoTime();
            platform.kill(1);
            platform.running(2).seenOf(2);
            // Its founder is dead, and nobody has asked it.
            assertThat(age(platform, 2)).isEmpty();
            platform.killAll();

            List<CompletableFuture<Void>> starts = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                starts.add(platform.node(number).starting(Wish.JOIN));
            }
            for (CompletableFuture<Void> start : starts) {
                start.get(60, TimeUnit.SECONDS);
            }
            Duration atMost = Duration.ofNanos(System.nanoTime() - started);
            for (int number = 1; number <= 3; number++) {
                assertThat(age(platform, number).orElseThrow()).isLessThan(atMost);
            }
            Duration before = age(platform, 3).orElseThrow();
            platform.kill(1);
            platform.running(2).seenOf(2);
            platform.node(1).start(Wish.JOIN);
            assertThat(age(platform, 1).orElseThrow()).isGreaterThan(before);
        }
    }

    private static Optional<Duration> age(TestPlatform platform, int number) throws Exception {
        return platform.running(number).overlay.age().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void fewerThanAMajorityWaitAndTheOperatorMayForceThem() throws Exception {
        try (TestPlatform platform = new TestPlatform(directory, 3).start()) {
            // Who dies last sees the others go.
            platform.kill(1);
            platform.kill(2);
            platform.running(3).seenOf(1);
            platform.kill(3);

            CompletableFuture<Void> waiting = platform.node(3).starting(Wish.JOIN);
            assertThatThrownBy(() -> waiting.get(4, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            platform.running(3).close();
            assertThat(waiting.handle((done, stopped) -> true).get(10, TimeUnit.SECONDS))
                    .isTrue();

            platform.node(3).starting(Wish.FORCE_FORM).get(40, TimeUnit.SECONDS);
            assertThat(platform.running(3).seenOf(1).members().get(0).id()).isEqualTo(new NodeId("n3"));
            platform.node(2).starting(Wish.JOIN).get(40, TimeUnit.SECONDS);
            assertThat(platform.running(2).seenOf(2)).isNotNull();
        }
    }

    @Test
    void aRevokedNodeIsCutOffAndOutOfTheViewAtOnce() throws Exception {
        try (TestPlatform platform = new TestPlatform(directory, 3).start()) {
            long revoked = System.nanoTime();
            platform.identity(1).revoke("n3");
            platform.identity(2).revoke("n3");
            platform.running(1).seenOf(2);
            platform.running(2).seenOf(2);
            Duration took = Duration.ofNanos(System.nanoTime() - revoked);

            System.out.println("a revoked node was out of both views after " + took);
            assertThat(took).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void theTwoSidesOfAHealedPartitionAgreeAgain() throws Exception {
        try (TestPlatform platform = new TestPlatform(directory, 3).start()) {
            // Both sides refuse each other's certificates: to Hazelcast, a cut.
            platform.identity(1).revoke("n3");
            platform.identity(2).revoke("n3");
            platform.identity(3).revoke("n1");
            platform.identity(3).revoke("n2");
            View one = platform.running(1).seenOf(2);
            platform.running(2).seen(view -> view.id() == one.id());
            platform.running(3).seenOf(1);

            long healed = System.nanoTime();
            for (int number = 1; number <= 3; number++) {
                platform.identity(number).forgive();
            }
            View whole = platform.running(1).seenOf(3);
            platform.running(2).seen(view -> view.id() == whole.id());
            View third = platform.running(3).seen(view -> view.id() == whole.id());

            System.out.println("merged after " + Duration.ofNanos(System.nanoTime() - healed));
            assertThat(third.members().stream().map(member -> member.rank()).distinct())
                    .hasSize(3);
            assertThat(third.member(new NodeId("n3")).orElseThrow().rank())
                    .isEqualTo(third.members().stream()
                            .mapToLong(member -> member.rank())
                            .max()
                            .orElseThrow());
        }
    }

    @Test
    void aNodeThatFallsOffThePlatformGoesBackToItWithItsTables() throws Exception {
        try (TestPlatform platform = new TestPlatform(directory, 2).start()) {
            Table<String> table = platform.running(2).overlay.table(Journal.spec("life"));
            platform.running(1).overlay.table(Journal.spec("life"));
            CompletableFuture<View> alone = new CompletableFuture<>();
            platform.running(2).overlay.onView(view -> {
                if (view.members().size() == 1) {
                    alone.complete(view);
                }
            });

            Hazelcast.getAllHazelcastInstances().stream()
                    .filter(instance -> instance.getName().startsWith("sipring-n2-"))
                    .forEach(instance -> instance.getLifecycleService().terminate());
            assertThat(alone.get(20, TimeUnit.SECONDS).members().get(0).id()).isEqualTo(new NodeId("n2"));
            View back = platform.running(2).seenOf(2);
            platform.running(1).seen(view -> view.id() == back.id());

            byte[] word = "hello".getBytes(StandardCharsets.UTF_8);
            assertThat(table.update("key", "add", word, "r1")
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS))
                    .isInstanceOf(Outcome.Applied.class);
            assertThat(platform.running(2).lost).isNotDone();
        }
    }
}
