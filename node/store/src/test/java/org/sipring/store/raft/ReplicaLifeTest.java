package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Key;
import org.sipring.store.watch.Applied;
import org.sipring.store.watch.Watchers;

/** How a replica comes into the group, leaves it and comes again. */
@Tag("acceptance")
@Timeout(120)
final class ReplicaLifeTest {
    private final Path dir;
    private final TestGroup group;

    ReplicaLifeTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        group = new TestGroup(dir);
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
    }

    private void write(String key) throws IOException {
        try (Submitter submitter = group.seat(1).submitter()) {
            RaftStore store = group.seat(1).store(submitter);
            assertThat(await(store.put("accounts", key, key.getBytes(StandardCharsets.UTF_8), 0)))
                    .isPresent();
        }
    }

    private void three() throws Exception {
        write("alice");
        group.grow();
        group.grow();
    }

    private static void untilLife(Replica replica, Life life) throws InterruptedException {
        while (replica.life() != life) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    // What it was is nowhere any more, and what it is knows nothing yet.
    private void beginsAnew(TestGroup.Seat seat, Path folder) throws Exception {
        Peer former = seat.replica().self();
        untilLife(seat.replica(), Life.DISMISSED);
        assertThat(seat.replica().database()).isEmpty();

        seat.replica().look(0);

        assertThat(seat.replica().self().name()).isNotEqualTo(former.name());
        assertThat(seat.replica().database()).isEmpty();
        assertThat(seat.replica().life()).isEqualTo(Life.WAITS);
        try (Stream<Path> content = Files.list(folder)) {
            assertThat(content.map(path -> path.getFileName().toString()))
                    .contains(seat.replica().self().name().folder().toString())
                    .noneMatch(name -> name.startsWith(former.name().folder().toString()));
        }
    }

    @Test
    void whoWaitsAnswersNoReads() throws Exception {
        write("alice");
        TestGroup.Seat second = group.sit();
        Heard heard = new Heard();
        second.watchers.add("accounts", heard);
        try (RaftStore store = second.store()) {
            assertThatThrownBy(() -> store.get("accounts", "alice")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> store.list("accounts", "")).isInstanceOf(IllegalStateException.class);

            group.change(group.peers().subList(0, 1), group.peers());
            second.untilReadable();

            assertThat(store.get("accounts", "alice")).isPresent();
            assertThat(heard.next()).isEqualTo(Heard.ALL);
            write("bob");
            assertThat(heard.next()).isEqualTo("bob");
        }
    }

    @Test
    void whoIsDismissedBeginsAnewAndIsTakenInAgain() throws Exception {
        three();
        List<Peer> two = group.peers().subList(0, 2);
        group.change(group.peers(), two);
        beginsAnew(group.seat(3), dir.resolve("n3"));

        group.change(two, group.peers());
        group.seat(3).untilReadable();
        group.untilEqual();
    }

    @Test
    void alsoWhoWasAwayMeanwhile() throws Exception {
        three();
        group.seat(3).replica().close();
        group.change(group.peers(), group.peers().subList(0, 2));
        group.seat(3).restart();
        beginsAnew(group.seat(3), dir.resolve("n3"));
    }

    @Test
    void theFounderAsWellWhichFoundsNoOtherGroup() throws Exception {
        three();
        group.change(group.peers(), group.peers().subList(1, 3));
        beginsAnew(group.seat(1), dir.resolve("n1"));
        group.seat(1).restart();

        assertThat(group.seat(1).replica().life()).isEqualTo(Life.WAITS);
    }

    @Test
    void whoEndedBeforeItCouldBeginAnewDoesSoAfterwards() throws Exception {
        three();
        group.change(group.peers(), group.peers().subList(0, 2));
        untilLife(group.seat(3).replica(), Life.DISMISSED);
        group.seat(3).restart();
        beginsAnew(group.seat(3), dir.resolve("n3"));
    }

    @Test
    void whatRatisHasEndedIsStartedAgain() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        AtomicBoolean tells = new AtomicBoolean();
        group.seat(1).restart(new Applied() {
            @Override
            public void changed(Key key) {
                if (fails.compareAndSet(true, false)) {
                    throw new IllegalStateException("the disk fails");
                }
            }

            @Override
            public void replaced() {
                tells.set(true);
            }
        });
        write("alice");
        Replica replica = group.seat(1).replica();
        fails.set(true);
        tells.set(false);
        try (Submitter submitter = group.seat(1).submitter()) {
            CompletionStage<Submitter.Told> unheard = submitter.submit(TestGroup.put("bob"));
            untilLife(replica, Life.ENDED);

            replica.look(0);
            replica.look(Life.ENDED.patience().toNanos());
            untilLife(replica, Life.WELL);

            assertThat(await(unheard).answer()).as("asked once more").isEqualTo(Answer.written(2));
        }
        assertThat(tells).as("nobody heard of bob").isTrue();
        write("carol");
        assertThat(replica.database().orElseThrow().list("accounts", "")).hasSize(3);
    }

    /** Stops while the first change is applied, and fails then. */
    private static final class FailsLate implements Applied {
        private final CountDownLatch applies = new CountDownLatch(1);
        private final CountDownLatch fails = new CountDownLatch(1);

        @Override
        public void changed(Key key) {
            applies.countDown();
            try {
                fails.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("the disk fails");
        }

        @Override
        public void replaced() {}
    }

    private static void untilItWaitsForWhoApplies(AtomicReference<Thread> closer) throws InterruptedException {
        while (Stream.ofNullable(closer.get())
                .flatMap(thread -> Stream.of(thread.getStackTrace()))
                .noneMatch(frame -> frame.getMethodName().equals("stopAndJoin"))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    // Ratis' own thread would turn for ever then.
    @Test
    void whoClosesItIsNotKeptByAFailureMeanwhile() throws Exception {
        FailsLate applied = new FailsLate();
        group.seat(1).restart(applied);
        Replica replica = group.seat(1).replica();
        AtomicReference<Thread> closer = new AtomicReference<>();
        try (Submitter submitter = group.seat(1).submitter()) {
            CompletionStage<Submitter.Told> unheard = submitter.submit(TestGroup.put("alice"));
            applied.applies.await();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
                closer.set(Thread.currentThread());
                assertThatCode(replica::close).doesNotThrowAnyException();
            });
            untilItWaitsForWhoApplies(closer);
            applied.fails.countDown();
            assertThat(closed).succeedsWithin(Duration.ofSeconds(30));

            group.seat(1).restart();
            assertThat(await(unheard).answer()).as("asked once more").isEqualTo(Answer.written(1));
        }
    }

    private Replica.Site ninth(int port) {
        return new Replica.Site(
                dir.resolve("n9"), new NodeId("n9"), new InetSocketAddress("127.0.0.1", port), TestGroup.ID, false);
    }

    @Test
    void aPortThatIsTakenEndsNeitherTheProcessNorTheReplica() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> start(ninth(port)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the store's replica does not start");
        }
        try (Replica replica = start(ninth(port))) {
            assertThat(replica.life()).isEqualTo(Life.WAITS);
        }
    }

    private Replica start(Replica.Site site) throws IOException {
        return Replica.start(
                site, group.seat(1).identity, group.seat(1).chance, new Watchers(), ForkJoinPool.commonPool());
    }

    @Test
    void aReplicaThatWaitsIsLeftAlone() throws Exception {
        TestGroup.Seat second = group.sit();
        Peer self = second.replica().self();
        second.replica().look(0);
        second.replica().look(Duration.ofDays(7).toNanos());

        assertThat(second.replica().self()).isEqualTo(self);
        assertThat(second.replica().life()).isEqualTo(Life.WAITS);
    }
}
