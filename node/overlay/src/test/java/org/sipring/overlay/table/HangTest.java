package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.overlay.table.TestPlatform.result;
import static org.sipring.testkit.contract.Journal.bytes;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.testkit.contract.Journal;

/** Members that are there but do not answer. */
@Tag("acceptance")
class HangTest {
    private final TestPlatform platform = new TestPlatform(2);
    private final TestNode caller = platform.node(1);
    private final TestNode hung = platform.node(2);
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        platform.close();
    }

    @Test
    void aHungOwnerIsUnknownInTime() throws InterruptedException {
        String key = caller.keyOwnedBy(hung, "key");
        CompletionStage<Outcome<byte[]>> change = hang(key);
        assertUnknownInTime(change);
    }

    // Without hazelcast.operation.fail.on.indeterminate.state this change would be called applied.
    @Test
    void aChangeWhoseBackupHangsIsUnknownInTime() throws InterruptedException {
        String key = caller.keyOwnedBy(caller, "key");
        CompletionStage<Outcome<byte[]>> hanging = hang(keyInTheSameThread(key));
        CompletionStage<Outcome<byte[]>> change = caller.journal.update(key, "add", bytes("one"), "r1");
        assertThat(assertUnknownInTime(change)).contains("backup");
        release.countDown();
        result(hanging);
        assertThat(result(caller.journal.update(key, "add", bytes("one"), "r1")))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(result(caller.journal.get(key))).contains("one");
    }

    @Test
    void aTableNeverOpenedAtItsOwnerIsUnknownInTime() {
        Table<String> table = caller.tables.open(Journal.spec("never"));
        assertUnknownInTime(table.update(caller.keyOwnedBy(hung, "key"), "add", bytes("one"), "r1"));
    }

    private static String assertUnknownInTime(CompletionStage<Outcome<byte[]>> change) {
        long begin = System.nanoTime();
        Outcome<byte[]> outcome = result(change);
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Calls.LIMIT.plusSeconds(2));
        return outcome.toString();
    }

    // Partitions share the partition threads in turn: two threads, set by the platform.
    private String keyInTheSameThread(String key) {
        int thread = caller.partition(key) % TestPlatform.PARTITION_THREADS;
        return IntStream.range(0, 1000)
                .mapToObj(number -> caller.keyOwnedBy(hung, "hung" + number + "-"))
                .filter(other -> caller.partition(other) % TestPlatform.PARTITION_THREADS == thread)
                .findFirst()
                .orElseThrow();
    }

    /** Makes the thread of a key hang at its owner, and returns when it does. */
    private CompletionStage<Outcome<byte[]>> hang(String key) throws InterruptedException {
        Table.Spec<String> journal = Journal.spec("hang");
        Table.Rule<String> rule = (current, argument, moment) -> {
            running.countDown();
            hold();
            return new Table.Change<>("held", moment.now().plus(Journal.LIFE), bytes(""));
        };
        Table.Spec<String> spec = new Table.Spec<>("hang", journal.codec(), Map.of("hang", rule), journal.merge());
        hung.tables.open(spec);
        CompletionStage<Outcome<byte[]>> change = caller.tables.open(spec).update(key, "hang", bytes(""), "r");
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        return change;
    }

    private void hold() {
        try {
            assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException killed) {
            Thread.currentThread().interrupt();
        }
    }
}
