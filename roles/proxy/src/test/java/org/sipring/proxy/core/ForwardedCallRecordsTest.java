package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.CallForwarding;
import org.sipring.accounts.CallRules;
import org.sipring.proxy.records.CallRecord;
import org.sipring.proxy.records.CallRecord.Forward;

/** Who forwarded a call, and so pays for the way from there: in its record, and in what became of it. */
final class ForwardedCallRecordsTest extends CallRulesWorld {
    private static final Forward TO_CAROL = new Forward("bob@sipring.test", CAROL, 302);

    private CallRecord record() {
        List<CallRecord> records = world.node("n1").records;
        assertThat(world.node("n2").records).isEmpty();
        return records.get(records.size() - 1);
    }

    @Test
    void aCallThatGoesToWhomItAskedForHasBeenForwardedByNobody() {
        wishes(bob, busy(CAROL));
        calls();
        answers(bob, 200);
        assertThat(record().forwards()).isEmpty();
    }

    @Test
    void whoeverForwardedIsNamedInTheOrderOfTheWay() {
        wishes(bob, always(CAROL));
        wishes(carol, busy("tel:+31-20-123"));
        calls();
        answers(carol, 486);
        answers(carrier, 200);
        assertThat(record().caller().address()).isEqualTo("alice@sipring.test");
        assertThat(record().callee()).isEqualTo("sip:bob@sipring.test");
        assertThat(record().forwards())
                .containsExactly(TO_CAROL, new Forward("carol@sipring.test", "sip:+3120123@sipring.test", 486));
    }

    @Test
    void theEndOfTheCallNamesThemToo() {
        wishes(bob, always(CAROL));
        calls();
        answers(carol, 200);
        send(alice, alice.within(alice.last(), "BYE", 2));
        carol.answer(carol.last(), 200);
        world.settle();
        assertThat(record().state()).isEqualTo(CallRecord.State.OVER);
        assertThat(record().outcome().ending()).isEqualTo(CallRecord.Ending.CALLER);
        assertThat(record().forwards()).containsExactly(TO_CAROL);
    }

    @Test
    void aForwardedCallThatIsRefusedNamesThemToo() {
        wishes(bob, always(CAROL));
        calls();
        answers(carol, 486);
        assertThat(record().outcome().status()).isEqualTo(486);
        assertThat(record().forwards()).containsExactly(TO_CAROL);
    }

    /** Nobody pays for a way that the call did not take. */
    @Test
    void whereSomebodyTakesTheCallWhoRangBeforeItWasForwardedNobodyHasForwardedIt() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        answers(carol, 180);
        answers(bob, 200);
        assertThat(record().outcome().status()).isEqualTo(200);
        assertThat(record().forwards()).isEmpty();
    }

    @Test
    void theStoryOfAForwardedCall() {
        wishes(bob, noAnswer(CAROL));
        world.rules(carol, new CallRules(busy("sip:dave@sipring.test"), true, List.of()));
        wishes(dave, always("sip:bob@sipring.test"));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        assertThat(why())
                .containsSubsequence(
                        "the registrar has of bob@sipring.test so many contacts: 1",
                        "heard 180 Reason from node n2",
                        "the phones of bob@sipring.test have rung as long as this user wishes",
                        "bob@sipring.test forwards calls (no answer) to sip:carol@sipring.test, on this user's account",
                        "carol@sipring.test does not want to be disturbed: no phone rings, as if all were busy",
                        "carol@sipring.test forwards calls (busy) to sip:dave@sipring.test, on this user's account",
                        "dave@sipring.test forwards calls to bob@sipring.test, where the call has been already",
                        "rang too long, and is told to stop: node n2");
    }

    @Test
    void theStoryOfACallThatGoesNowhere() {
        wishes(bob, always("sip:x@example.org"));
        calls();
        assertThat(why())
                .contains(
                        "where bob@sipring.test forwards calls (always) this user may not call, or nobody is there, or"
                                + " there were too many forwards");
    }

    @Test
    void theStoryOfACallThatIsNotWanted() {
        world.rules(bob, new CallRules(CallForwarding.NONE, false, List.of("alice@sipring.test")));
        calls();
        assertThat(why()).contains("bob@sipring.test does not want requests of this caller: they are answered 603");
        assertThat(record().outcome().status()).isEqualTo(603);
    }
}
