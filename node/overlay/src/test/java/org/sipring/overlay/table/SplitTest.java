package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.overlay.table.TestPlatform.applied;
import static org.sipring.overlay.table.TestPlatform.result;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipring.testkit.contract.Journal;

/** Three members fall apart into two and one, both sides go on, and Hazelcast merges them. */
@Tag("acceptance")
class SplitTest {
    private static final int KEYS = 40;

    private final TestPlatform platform = new TestPlatform(3);
    private final TestNode majority = platform.node(1);
    private final TestNode minority = platform.node(3);

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void whatBothSidesWroteIsThereAfterHealing() {
        writeAll(majority, "before", "before");
        platform.split(List.of(1, 2), List.of(3));
        writeAll(majority, "before", "majority");
        writeAll(minority, "before", "minority");
        writeAll(majority, "only-majority", "majority");
        writeAll(minority, "only-minority", "minority");
        for (int i = 0; i < KEYS; i++) {
            applied(minority.journal, "removed" + i, "add", "minority", "minority");
            applied(majority.journal, "removed" + i, "remove", "", "majority");
        }
        assertThat(minority.tables.safe()).isFalse();

        platform.heal();
        for (TestNode node : platform.nodes) {
            assertAll(node, "before", "before,majority,minority");
            assertAll(node, "only-majority", "majority");
            assertAll(node, "only-minority", "minority");
            assertAll(node, "removed", "minority");
        }
    }

    @Test
    void requestsOfBothSidesAreStillRecognisedAndStampsGoOn() {
        platform.split(List.of(1, 2), List.of(3));
        minority.clock.pass(Duration.ofSeconds(40));
        applied(majority.journal, "key", "add", "a", "r1");
        applied(minority.journal, "key", "add", "b", "r2");
        long ahead = stamp(minority, "stamped", "r1");
        platform.heal();

        applied(majority.journal, "key", "add", "a", "r1");
        applied(majority.journal, "key", "add", "b", "r2");
        assertThat(result(majority.journal.get("key"))).contains("a,b");
        assertThat(stamp(majority, "stamped", "r2")).isGreaterThan(ahead);
    }

    @Test
    void theUnionLivesAsLongAsItsLongerSide() {
        platform.split(List.of(1, 2), List.of(3));
        writeAll(majority, "long", "majority");
        minority.clock.pass(Journal.LIFE.negated().plusSeconds(10));
        writeAll(minority, "long", "minority");
        platform.heal();
        for (int i = 0; i < KEYS; i++) {
            long left = majority.map(TestNode.JOURNAL).getEntryView("long" + i).getExpirationTime()
                    - majority.clock.now().toEpochMilli();
            assertThat(left).isGreaterThan(Journal.LIFE.toMillis() / 2);
        }
    }

    private static void writeAll(TestNode node, String prefix, String text) {
        for (int i = 0; i < KEYS; i++) {
            applied(node.journal, prefix + i, "add", text, text);
        }
    }

    private static void assertAll(TestNode reader, String prefix, String text) {
        for (int i = 0; i < KEYS; i++) {
            Optional<String> value = result(reader.journal.get(prefix + i));
            assertThat(value).as(prefix + i).contains(text);
        }
    }

    private static long stamp(TestNode node, String key, String requestId) {
        return Long.parseLong(applied(node.journal, key, "stamp", "", requestId));
    }
}
