package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.overlay.table.TestPlatform.await;
import static org.sipring.overlay.table.TestPlatform.result;
import static org.sipring.testkit.contract.Journal.bytes;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.testkit.contract.Journal;

/** What takes more than one member and no crash. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SharedPlatformTest {
    private TestPlatform platform;

    @BeforeAll
    void start() {
        platform = new TestPlatform(2);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void changesFromSeveralMembersAreAppliedOnceEach() {
        List<CompletionStage<Outcome<byte[]>>> changes = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String number = Integer.toString(i);
            numbers.add(number);
            changes.add(platform.node(1 + i % 2).journal.update("shared", "add", bytes(number), "r" + number));
        }
        assertThat(changes).extracting(TestPlatform::result).allMatch(Outcome.Applied.class::isInstance);
        Optional<String> value = result(platform.node(1).journal.get("shared"));
        assertThat(Arrays.asList(value.orElseThrow().split(",", -1))).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void anAnswerNeedsNoThreadOfItsOwn() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getTotalStartedThreadCount();
        for (int i = 0; i < 200; i++) {
            result(platform.node(1).journal.update("threads" + i, "add", bytes("one"), "r" + i));
            result(platform.node(1).journal.get("threads" + i));
        }
        assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(20);
    }

    // Answers are told in the owner's own thread, which may not make a call.
    @Test
    void aCallMayFollowFromTheAnswerToAnother() {
        List<CompletionStage<Outcome<byte[]>>> chains = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String key = "chain" + i;
            chains.add(platform.node(1)
                    .journal
                    .update(key, "add", bytes("one"), "r1")
                    .thenCompose(first -> platform.node(1).journal.get("other " + key))
                    .thenCompose(read -> platform.node(1).journal.update(key, "add", bytes("two"), "r2")));
        }
        assertThat(chains).extracting(TestPlatform::result).allMatch(Outcome.Applied.class::isInstance);
    }

    @Test
    void theSameRequestFromTwoMembersIsAppliedOnce() {
        result(platform.node(1).journal.update("twice", "add", bytes("one"), "r1"));
        result(platform.node(2).journal.update("twice", "add", bytes("one"), "r1"));
        assertThat(result(platform.node(1).journal.get("twice"))).contains("one");
    }

    @Test
    void expiredEntriesLeaveTheHeapByThemselves() {
        Table.Spec<String> journal = Journal.spec("short");
        Table.Rule<String> shortLived = (current, argument, moment) ->
                new Table.Change<>("soon gone", moment.now().plus(Duration.ofSeconds(1)), bytes(""));
        Table.Spec<String> spec =
                new Table.Spec<>("short", journal.codec(), Map.of("short", shortLived), journal.merge());
        platform.nodes.forEach(node -> node.tables.open(spec));
        Table<String> table = platform.node(1).tables.open(spec);
        for (int i = 0; i < 50; i++) {
            result(table.update("short" + i, "short", bytes(""), "r"));
        }
        assertThat(platform.node(1).map("short").size()).isEqualTo(50);
        // The entries would linger for their remembered requests.
        for (int i = 0; i < 50; i++) {
            platform.node(1).map("short").setTtl("short" + i, 1, TimeUnit.SECONDS);
        }
        // Backups follow ten seconds later (hazelcast.map.expiry.delay.seconds).
        await(() -> platform.nodes.stream()
                .allMatch(node -> node.map("short").getLocalMapStats().getOwnedEntryCount() == 0));
    }

    @Test
    void aTableOpenedLateAtItsOwnerIsWaitedFor() {
        Table<String> early = platform.node(1).tables.open(Journal.spec("late"));
        String key = platform.node(1).keyOwnedBy(platform.node(2), "key");
        CompletionStage<Outcome<byte[]>> change = early.update(key, "add", bytes("one"), "r1");
        platform.node(2).tables.open(Journal.spec("late"));
        assertThat(result(change)).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void aPlatformOfOneIsNeverSafeButServes() {
        try (TestPlatform alone = TestPlatform.unsafe(1)) {
            assertThat(result(alone.node(1).journal.update("key", "add", bytes("one"), "r1")))
                    .isInstanceOf(Outcome.Applied.class);
            assertThat(alone.node(1).tables.safe()).isFalse();
        }
    }
}
