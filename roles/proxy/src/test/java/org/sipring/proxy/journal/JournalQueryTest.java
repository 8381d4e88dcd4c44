package org.sipring.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** Three nodes, the third without a proxy. */
final class JournalQueryTest {
    private static final JournalSettings SETTINGS = new JournalSettings(10_000, Duration.ofHours(1));
    private static final String CALL = "call-1";

    private final SimTime time = new SimTime();
    private final SimOverlay n1 = overlay("n1");
    private final SimOverlay n2 = overlay("n2");
    private final SimOverlay n3 = overlay("n3");

    private SimOverlay overlay(String name) {
        return new SimOverlay(new NodeId(name), time.ticker());
    }

    @BeforeEach
    void connect() {
        n1.connect(n2);
        n3.connect(n1);
        n3.connect(n2);
        Member[] members = {member("n1", RoleName.PROXY), member("n2", RoleName.PROXY), member("n3", RoleName.MANAGER)};
        n1.show(members);
        n2.show(members);
        n3.show(members);
    }

    private static Member member(String name, RoleName role) {
        return new Member(new NodeId(name), "192.0.2.1", Set.of(role), 100, "test", NodeState.READY, 1, 1, false);
    }

    private Journal journal(SimOverlay node) {
        Journals journals = new Journals(SETTINGS, 1);
        new JournalQuery(node).answerFrom(journals);
        return journals.open(time.ticker());
    }

    private JournalQuery.Answer ask(SimOverlay node, String call) {
        var answer = new JournalQuery(node).ask(call).toCompletableFuture();
        time.advance(Duration.ofSeconds(4));
        return answer.join();
    }

    @Test
    void anyNodeTellsWhatAllKnowInTheOrderOfTime() {
        Journal one = journal(n1);
        Journal other = journal(n2);
        one.note(CALL, Decision.PROVED, "alice");
        time.advance(Duration.ofMillis(1));
        other.note(CALL, Decision.FOR_PHONE, "bob", "n2");
        time.advance(Duration.ofMillis(1));
        one.note(CALL, Decision.CANCELLED);

        for (SimOverlay asked : new SimOverlay[] {n1, n2, n3}) {
            JournalQuery.Answer answer = ask(asked, CALL);
            assertThat(answer.events())
                    .extracting(event -> event.node() + ": " + event.note().text())
                    .containsExactly(
                            "n1: the caller proved to be alice",
                            "n2: its Route leads to the phone of bob at n2",
                            "n1: the caller cancelled");
            assertThat(answer.silent()).isEmpty();
        }
    }

    @Test
    void whoDoesNotAnswerIsNamedAndTheOthersAreHeard() {
        Journal one = journal(n1);
        one.note(CALL, Decision.CANCELLED);
        n3.disconnect(n2);
        JournalQuery.Answer answer = ask(n3, CALL);
        assertThat(answer.events()).hasSize(1);
        assertThat(answer.silent()).containsExactly(new NodeId("n2"));
    }

    @Test
    void ofAnUnknownCallNothingIsTold() {
        journal(n1);
        journal(n2);
        JournalQuery.Answer answer = ask(n1, "nobody's");
        assertThat(answer.events()).isEmpty();
        assertThat(answer.silent()).isEmpty();
    }
}
