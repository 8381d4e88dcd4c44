package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.overlay.table.TestPlatform.applied;
import static org.sipring.overlay.table.TestPlatform.await;
import static org.sipring.overlay.table.TestPlatform.result;
import static org.sipring.testkit.contract.Journal.bytes;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.testkit.contract.Journal;

/** Members that die without a word. */
@Tag("acceptance")
class CrashTest {
    private final TestPlatform platform = new TestPlatform(3);

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void nothingAcknowledgedIsLostInSingleCrashesWhileSafe() {
        TestNode writer = platform.node(1);
        Map<String, Outcome<byte[]>> written = new LinkedHashMap<>();
        int number = 0;
        for (TestNode victim : new TestNode[] {platform.node(3), platform.node(2)}) {
            platform.awaitSafe();
            for (int i = 0; i < 500; i++, number++) {
                if (i == 250) {
                    victim.crash();
                }
                String key = "key" + number;
                written.put(key, result(writer.journal.update(key, "add", bytes(key), "r")));
            }
            assertThat(lost(writer, written)).isEmpty();
        }
        assertThat(written.values())
                .filteredOn(Outcome.Applied.class::isInstance)
                .hasSizeGreaterThan(900);
    }

    private static Map<String, Outcome<byte[]>> lost(TestNode reader, Map<String, Outcome<byte[]>> written) {
        Map<String, Outcome<byte[]>> lost = new LinkedHashMap<>(written);
        lost.entrySet()
                .removeIf(entry -> entry.getValue() instanceof Outcome.Unknown
                        || result(reader.journal.get(entry.getKey())).equals(Optional.of(entry.getKey())));
        return lost;
    }

    @Test
    void aChangeWhoseOwnerDiesIsUnknownAndMayBeAskedForAgain() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        Table.Rule<String> slow = (current, argument, moment) -> {
            running.countDown();
            pass(dead);
            return new Table.Change<>(Journal.text(argument), moment.now().plus(Journal.LIFE), bytes("done"));
        };
        Table<String> table = open(platform.node(1), "slow", slow);
        open(platform.node(2), "slow", slow);
        open(platform.node(3), "slow", slow);
        String key = platform.node(1).keyOwnedBy(platform.node(2), "key");

        CompletableFuture<Outcome<byte[]>> change =
                table.update(key, "slow", bytes("one"), "r1").toCompletableFuture();
        pass(running);
        Thread killer = new Thread(platform.node(2)::crash);
        killer.start();
        assertThat(result(change)).isInstanceOf(Outcome.Unknown.class);
        dead.countDown();
        killer.join();

        assertThat(applied(table, key, "slow", "one", "r1")).isEqualTo("done");
        assertThat(result(table.get(key))).contains("one");
    }

    @Test
    void aRuleRunsOnceAndTheBackupHasItsResult() {
        AtomicInteger runs = new AtomicInteger();
        Table.Rule<String> count = (current, argument, moment) ->
                new Table.Change<>("run " + runs.incrementAndGet(), moment.now().plus(Journal.LIFE), bytes(""));
        Table<String> table = open(platform.node(1), "count", count);
        open(platform.node(2), "count", count);
        open(platform.node(3), "count", count);
        String key = platform.node(1).keyOwnedBy(platform.node(2), "key");

        for (int i = 1; i <= 10; i++) {
            result(table.update(key, "count", bytes(""), "r" + i));
        }
        platform.node(2).crash();
        assertThat(result(table.get(key))).contains("run 10");
        assertThat(runs).hasValue(10);
    }

    @Test
    void aRequestAnsweredByADeadOwnerIsStillRecognised() {
        TestNode node = platform.node(1);
        String key = node.keyOwnedBy(platform.node(2), "key");
        applied(node.journal, key, "add", "one", "r1");
        platform.node(2).crash();
        applied(node.journal, key, "add", "one", "r1");
        assertThat(result(node.journal.get(key))).contains("one");
    }

    @Test
    void theStampOfANewOwnerFollowsThatOfTheDeadOneAlsoWhenItsClockIsBehind() {
        TestNode node = platform.node(1);
        platform.node(2).clock.pass(Duration.ofSeconds(30));
        String key = node.keyOwnedBy(platform.node(2), "key");
        long first = stamp(node, key, "r1");
        platform.node(2).crash();
        assertThat(stamp(node, key, "r2")).isGreaterThan(first);
    }

    private static long stamp(TestNode node, String key, String requestId) {
        return Long.parseLong(applied(node.journal, key, "stamp", "", requestId));
    }

    @Test
    void aLostMemberMakesThePlatformUnsafeUntilBackupsAreBack() {
        platform.node(3).crash();
        await(() -> platform.node(1).instance.getCluster().getMembers().size() == 2);
        platform.awaitSafe();
        platform.node(2).crash();
        await(() -> platform.node(1).instance.getCluster().getMembers().size() == 1);
        // Told by an event, which may be a moment behind the list of members.
        await(() -> !platform.node(1).tables.safe());
        assertThat(result(platform.node(1).journal.update("key", "add", bytes("one"), "r1")))
                .isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void aNodeThatStoppedAnswersUnknown() {
        platform.node(1).tables.stop();
        assertThat(result(platform.node(1).journal.update("key", "add", bytes("one"), "r1")))
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(platform.node(1).journal.get("key").toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aNodeWhoseInstanceIsGoneAnswersUnknown() {
        platform.node(1).crash();
        assertThat(result(platform.node(1).journal.update("key", "add", bytes("one"), "r1")))
                .isInstanceOf(Outcome.Unknown.class);
    }

    private static Table<String> open(TestNode node, String name, Table.Rule<String> rule) {
        Table.Spec<String> journal = Journal.spec(name);
        return node.tables.open(new Table.Spec<>(name, journal.codec(), Map.of(name, rule), journal.merge()));
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }
}
