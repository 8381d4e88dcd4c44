package org.sipring.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Outcome;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.api.View;

/**
 * What a platform of three nodes, {@code n1} the oldest to {@code n3}, does when one of them is killed. The simulated
 * platform proves only its own model; the same cases on the real one show that the model is right.
 */
public abstract class CrashContract {
    private static final int KEYS = 40;
    private static final int ATTEMPTS = 10;

    /** For subclasses. */
    protected CrashContract() {}

    /**
     * A node of a platform that belongs to this test alone. All have joined, and have opened {@link #spec}.
     *
     * @param number 1 to 3
     * @return the overlay of its newest process
     */
    protected abstract Overlay node(int number);

    /**
     * Ends a node's process without a word.
     *
     * @param number 1 to 3
     */
    protected abstract void kill(int number);

    /**
     * Starts a killed node again, and opens the table there.
     *
     * @param number 1 to 3
     */
    protected abstract void restart(int number);

    /**
     * Lets the platform run until a result is there.
     *
     * @param stage what is waited for
     * @param <T> the result's type
     * @return the result
     */
    protected abstract <T> T result(CompletionStage<T> stage);

    /** Lets the platform run until every node says that its tables are safe. */
    protected abstract void untilSafe();

    /**
     * The table of these tests.
     *
     * @return its rules
     */
    protected static Table.Spec<String> spec() {
        return Journal.spec("crash-contract");
    }

    @Test
    final void aKilledNodeIsInNobodysViewAlsoWhenItComposedThem() {
        kill(1);
        View second = seen(2, view -> names(view).equals(List.of("n2", "n3")));
        View third = seen(3, view -> view.id() == second.id());

        assertThat(names(third)).containsExactly("n2", "n3");
    }

    @Test
    final void whoComesBackIsTheYoungestAndLivesAnotherLife() {
        Member before = member(node(2).view(), "n1");
        kill(1);
        seen(2, view -> view.members().size() == 2);
        restart(1);
        View view = seen(2, later -> later.members().size() == 3);

        assertThat(member(view, "n1").boot()).isNotEqualTo(before.boot());
        assertThat(member(view, "n1").rank())
                .isGreaterThan(member(view, "n2").rank())
                .isGreaterThan(member(view, "n3").rank());
    }

    @Test
    final void whatWasAcknowledgedSurvivesSingleCrashesWhileSafe() {
        untilSafe();
        keys().forEach(key -> add(3, key, "one", "r1"));
        kill(1);
        seen(3, view -> view.members().size() == 2);
        untilSafe();
        keys().forEach(key -> add(3, key, "two", "r2"));
        kill(2);
        seen(3, view -> view.members().size() == 1);

        assertThat(keys())
                .allSatisfy(key -> assertThat(result(table(3).get(key))).contains("one,two"));
    }

    @Test
    final void aRequestThatADeadNodeAnsweredIsStillRecognised() {
        untilSafe();
        keys().forEach(key -> add(3, key, "one", "r1"));
        kill(1);
        seen(3, view -> view.members().size() == 2);

        assertThat(keys())
                .allSatisfy(key -> assertThat(add(3, key, "one", "r1")).isEmpty());
        assertThat(keys())
                .allSatisfy(key -> assertThat(result(table(3).get(key))).contains("one"));
    }

    @Test
    final void stampsFollowThoseOfADeadNode() {
        untilSafe();
        List<Long> before = keys().stream().map(key -> stamp(3, key, "r1")).toList();
        kill(1);
        seen(3, view -> view.members().size() == 2);
        List<Long> after = keys().stream().map(key -> stamp(3, key, "r2")).toList();

        assertThat(IntStream.range(0, KEYS)).allMatch(index -> after.get(index) > before.get(index));
    }

    private long stamp(int number, String key, String requestId) {
        return Long.parseLong(change(number, key, "stamp", "", requestId));
    }

    private String add(int number, String key, String text, String requestId) {
        return change(number, key, "add", text, requestId);
    }

    // Members may disagree for a moment about who has a backup. The same request again is the caller's remedy.
    private String change(int number, String key, String rule, String argument, String requestId) {
        Outcome<byte[]> outcome = new Outcome.Unknown<>("not asked yet");
        for (int attempt = 0; attempt < ATTEMPTS && outcome instanceof Outcome.Unknown; attempt++) {
            outcome = result(table(number).update(key, rule, Journal.bytes(argument), requestId));
        }
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        return Journal.text(outcome.match(answer -> answer, () -> new byte[0]));
    }

    private Table<String> table(int number) {
        return node(number).table(spec());
    }

    private View seen(int number, Predicate<View> wanted) {
        CompletableFuture<View> seen = new CompletableFuture<>();
        node(number).onView(view -> {
            if (wanted.test(view)) {
                seen.complete(view);
            }
        });
        return result(seen);
    }

    private static List<String> keys() {
        return IntStream.range(0, KEYS).mapToObj(number -> "key" + number).toList();
    }

    private static List<String> names(View view) {
        return view.members().stream().map(member -> member.id().value()).toList();
    }

    private static Member member(View view, String name) {
        return view.member(new NodeId(name)).orElseThrow();
    }
}
