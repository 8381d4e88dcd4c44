package org.sipring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.testkit.contract.Journal.bytes;
import static org.sipring.testkit.contract.Journal.text;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.sipring.api.Outcome;
import org.sipring.api.Table;

/** What every {@link Table} does while nothing fails. */
public abstract class TableContract {
    private static final Duration LONG_ENOUGH = Journal.LIFE.plusSeconds(1);
    private static final Duration TOO_SHORT = Journal.LIFE.minusSeconds(1);

    private String key = "";

    /** For subclasses. */
    protected TableContract() {}

    /**
     * Opens a table of a platform that is safe. The same name may be asked for again.
     *
     * @param spec the table's rules
     * @param <V> the value's type
     * @return the table
     */
    protected abstract <V> Table<V> open(Table.Spec<V> spec);

    /**
     * Lets the platform run until a result is there.
     *
     * @param stage what is waited for
     * @param <T> the result's type
     * @return the result
     */
    protected abstract <T> T result(CompletionStage<T> stage);

    /**
     * Sets the clocks of all nodes forward, or back.
     *
     * @param time by how much
     */
    protected abstract void pass(Duration time);

    @BeforeEach
    void useAKeyOfItsOwn(TestInfo test) {
        key = test.getDisplayName();
    }

    @Test
    void aKeyNeverWrittenHasNoValue() {
        assertThat(value()).isEmpty();
    }

    @Test
    void aChangeIsReadBack() {
        assertThat(update("add", "one", "r1")).isEmpty();
        assertThat(value()).contains("one");
    }

    @Test
    void aRuleSeesTheValueBeforeIt() {
        update("add", "one", "r1");
        assertThat(update("add", "two", "r2")).isEqualTo("one");
        assertThat(value()).contains("one,two");
    }

    @Test
    void aRepeatedRequestGetsItsFirstAnswerAndChangesNothing() {
        update("add", "one", "r1");
        update("add", "two", "r2");
        assertThat(update("add", "one", "r1")).isEmpty();
        assertThat(value()).contains("one,two");
    }

    @Test
    void aRemovedValueIsGone() {
        update("add", "one", "r1");
        assertThat(update("remove", "", "r2")).isEqualTo("one");
        assertThat(value()).isEmpty();
    }

    @Test
    void aRequestRepeatedAfterARemovalIsStillRecognised() {
        update("add", "one", "r1");
        update("remove", "", "r2");
        assertThat(update("add", "one", "r1")).isEmpty();
        assertThat(update("remove", "", "r2")).isEqualTo("one");
        assertThat(value()).isEmpty();
    }

    @Test
    void anExpiredValueIsGone() {
        update("add", "one", "r1");
        pass(TOO_SHORT);
        assertThat(value()).contains("one");
        pass(LONG_ENOUGH.minus(TOO_SHORT));
        assertThat(value()).isEmpty();
    }

    @Test
    void aRuleDoesNotSeeAnExpiredValue() {
        update("add", "one", "r1");
        pass(LONG_ENOUGH);
        assertThat(update("add", "two", "r2")).isEmpty();
        assertThat(value()).contains("two");
    }

    @Test
    void aChangeBeginsANewLife() {
        update("add", "one", "r1");
        pass(TOO_SHORT);
        update("add", "two", "r2");
        pass(TOO_SHORT);
        assertThat(value()).contains("one,two");
    }

    @Test
    void theStampsOfAKeyIncreaseAlsoWhenTheClockDoesNot() {
        long first = Long.parseLong(update("stamp", "", "r1"));
        pass(Duration.ofSeconds(-30));
        long second = Long.parseLong(update("stamp", "", "r2"));
        update("remove", "", "r3");
        long third = Long.parseLong(update("stamp", "", "r4"));
        pass(Duration.ofSeconds(30));
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
    }

    @Test
    void keysAreIndependent() {
        update("add", "one", "r1");
        Table<String> table = table();
        assertThat(result(table.get(key + "2"))).isEmpty();
        assertThat(answer(result(table.update(key + "2", "add", bytes("two"), "r1"))))
                .isEmpty();
        assertThat(value()).contains("one");
    }

    @Test
    void tablesAreIndependent() {
        update("add", "one", "r1");
        assertThat(result(open(Journal.spec("contract-other")).get(key))).isEmpty();
    }

    @Test
    void aRuleThatFailsIsUnknownAndChangesNothing() {
        update("add", "one", "r1");
        assertThat(result(table().update(key, "fail", bytes(""), "r2"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(value()).contains("one");
    }

    @Test
    void aRuleThatDoesNotExistIsUnknown() {
        assertThat(result(table().update(key, "no-such-rule", bytes(""), "r1"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(value()).isEmpty();
    }

    @Test
    void changesMadeAtOnceAreAppliedOnceEach() {
        List<String> numbers =
                IntStream.range(0, 50).mapToObj(Integer::toString).toList();
        Table<String> table = table();
        List<CompletionStage<Outcome<byte[]>>> changes = numbers.stream()
                .map(number -> table.update(key, "add", bytes(number), "r" + number))
                .toList();
        changes.forEach(change -> answer(result(change)));
        assertThat(value().map(all -> Arrays.asList(all.split(",", -1))).orElseThrow())
                .containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void aPlatformInStepIsSafe() {
        assertThat(table().safe()).isTrue();
    }

    @Test
    void aNodeReadsWhatItHolds() {
        update("add", "one", "r1");
        assertThat(held()).contains("one");
        update("add", "two", "r2");
        assertThat(held()).contains("one,two");
    }

    @Test
    void aNodeHoldsNeitherWhatIsRemovedNorWhatHasExpired() {
        update("add", "one", "r1");
        update("remove", "", "r2");
        assertThat(held()).isEmpty();
        update("add", "one", "r3");
        pass(LONG_ENOUGH);
        assertThat(held()).isEmpty();
    }

    @Test
    void theMarkOfWhatANodeHoldsIsAnotherAfterAChange() {
        update("add", "one", "r1");
        long before = table().held().mark();
        assertThat(value()).contains("one");
        assertThat(table().held().mark()).isEqualTo(before);
        update("add", "two", "r2");
        assertThat(table().held().mark()).isNotEqualTo(before);
    }

    private Optional<String> held() {
        Table.Held<String> held = table().held();
        List<Map<String, String>> parts =
                IntStream.range(0, held.parts()).mapToObj(held::part).toList();
        List<String> found = parts.stream()
                .flatMap(part -> Optional.ofNullable(part.get(key)).stream())
                .toList();
        assertThat(found).hasSizeLessThan(2);
        return found.stream().findFirst();
    }

    private Table<String> table() {
        return open(Journal.spec("contract"));
    }

    private Optional<String> value() {
        return result(table().get(key));
    }

    private String update(String rule, String argument, String requestId) {
        return answer(result(table().update(key, rule, bytes(argument), requestId)));
    }

    private static String answer(Outcome<byte[]> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        return text(outcome.match(answer -> answer, () -> bytes("")));
    }
}
