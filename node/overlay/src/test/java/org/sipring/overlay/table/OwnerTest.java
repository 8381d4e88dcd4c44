package org.sipring.overlay.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipring.testkit.contract.Journal.bytes;
import static org.sipring.testkit.contract.Journal.text;

import com.hazelcast.spi.exception.RetryableHazelcastException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Outcome;
import org.sipring.api.Stamp;
import org.sipring.api.Table;
import org.sipring.overlay.table.Envelope.Remembered;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;
import org.sipring.testkit.contract.Journal;

class OwnerTest {
    private static final NodeId SELF = new NodeId("n1");
    private static final NodeId OTHER = new NodeId("n2");

    private final SimTicker clock = new SimTime().ticker();
    private final Owner owner = new Owner(SELF, clock);

    @BeforeEach
    void open() {
        owner.open(Journal.spec("journal"));
    }

    @Test
    void aTableThatIsNotOpenYetIsAskedForAgain() {
        assertThatThrownBy(() -> owner.decide(new Update("later", "add", bytes("one"), "r1"), null))
                .isInstanceOf(RetryableHazelcastException.class);
    }

    @Test
    void aRefusedChangeIsNotRemembered() {
        Decision decision = decide("fail", "", "r1", null);
        assertThat(decision.kept()).isNull();
        assertThat(Reply.outcome(decision.reply())).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aRepeatedRequestIsSentToTheBackupOnceMore() {
        Envelope first = kept(decide("add", "one", "r1", null));
        Decision repeat = decide("add", "one", "r1", first);
        assertThat(repeat.kept()).isSameAs(first);
        assertThat(repeat.fresh()).isFalse();
    }

    @Test
    void aValueThatItsCodecCannotReadIsRefusedAndKept() {
        Envelope broken = new Envelope(
                "journal", new byte[] {9, 9}, clock.now().toEpochMilli() + 9_000, new Stamp(1, OTHER), List.of());
        Decision decision = decide("add", "one", "r1", broken);
        assertThat(decision.kept()).isNull();
        assertThat(Reply.outcome(decision.reply())).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aValueTooLargeIsRefused() {
        Decision decision = decide("add", "x".repeat(Owner.MAX_BYTES), "r1", null);
        assertThat(decision.kept()).isNull();
    }

    @Test
    void aStampFollowsWhatAnotherNodeGaveAlsoWhenThisClockIsBehind() {
        long ahead = clock.now().toEpochMilli() + 60_000;
        owner.keep(Envelope.empty("journal", new Stamp(ahead, OTHER), List.of()));
        Envelope next = kept(decide("add", "one", "r1", null));
        assertThat(next.stamp()).isEqualTo(new Stamp(ahead + 1, SELF));
    }

    @Test
    void aStampFollowsTheOneInTheEntry() {
        long ahead = clock.now().toEpochMilli() + 60_000;
        Envelope before = Envelope.empty("journal", new Stamp(ahead, OTHER), List.of());
        assertThat(kept(decide("add", "one", "r1", before)).stamp()).isEqualTo(new Stamp(ahead + 1, SELF));
    }

    @Test
    void onlyTheNewestRequestsAreRemembered() {
        Envelope envelope = null;
        for (int i = 0; i < Envelope.MAX_REMEMBERED + 5; i++) {
            envelope = kept(decide("stamp", "", "r" + i, envelope));
        }
        assertThat(Objects.requireNonNull(envelope).remembered())
                .hasSize(Envelope.MAX_REMEMBERED)
                .extracting(Remembered::requestId)
                .startsWith("r36")
                .endsWith("r5");
    }

    @Test
    void onlyWhatFitsIsRemembered() {
        String large = "x".repeat(Envelope.MAX_REMEMBERED_BYTES / 2);
        Envelope envelope = kept(decide("add", large, "r1", null));
        envelope = kept(decide("add", "y", "r2", envelope));
        envelope = kept(decide("add", "y", "r3", envelope));
        assertThat(envelope.remembered()).extracting(Remembered::requestId).containsExactly("r3");
    }

    @Test
    void aRequestIsForgottenAfterAWhile() {
        Envelope envelope = kept(decide("add", "one", "r1", null));
        clock.host().jump(Duration.ofMillis(Envelope.LINGER_MILLIS + 1));
        envelope = kept(decide("add", "two", "r2", envelope));
        assertThat(envelope.remembered()).extracting(Remembered::requestId).containsExactly("r2");
    }

    @Test
    void anEntryLivesAsLongAsItsValueOrItsNewestRequest() {
        Envelope full = kept(decide("add", "one", "r1", null));
        assertThat(owner.lifeMillis(full)).isBetween(Journal.LIFE.toMillis(), Journal.LIFE.toMillis() + 1000);
        Envelope empty = kept(decide("remove", "", "r2", full));
        assertThat(empty.value()).isNull();
        assertThat(owner.lifeMillis(empty)).isBetween(Envelope.LINGER_MILLIS, Envelope.LINGER_MILLIS + 1100);
    }

    @Test
    void aValueMayNeverExpire() {
        Table.Spec<String> journal = Journal.spec("for-ever");
        Table.Rule<String> keep =
                (current, argument, moment) -> new Table.Change<>(text(argument), Instant.MAX, bytes(""));
        owner.open(new Table.Spec<>("for-ever", journal.codec(), Map.of("keep", keep), journal.merge()));
        Envelope envelope = kept(owner.decide(new Update("for-ever", "keep", bytes("one"), "r1"), null));
        assertThat(owner.lifeMillis(envelope))
                .isGreaterThan(Duration.ofDays(3650).toMillis() - 1);
        assertThat(owner.read(envelope)).isNotNull();
    }

    @Test
    void whereAMergeFailsTheNewerSideIsKept() {
        Envelope good = kept(decide("add", "one", "r1", null));
        Envelope newer = new Envelope(
                "journal",
                new byte[] {9},
                good.expires(),
                new Stamp(good.stamp().time() + 1, OTHER),
                List.of());
        assertThat(owner.unite(good, newer)).isSameAs(newer);
        assertThat(owner.unite(newer, good)).isSameAs(newer);
    }

    private Decision decide(String rule, String argument, String requestId, @Nullable Envelope before) {
        return owner.decide(new Update("journal", rule, bytes(argument), requestId), before);
    }

    private static Envelope kept(Decision decision) {
        return Objects.requireNonNull(decision.kept());
    }
}
