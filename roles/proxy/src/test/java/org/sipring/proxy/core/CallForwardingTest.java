package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.accounts.CallForwarding;
import org.sipring.accounts.CallRules;
import org.sipring.sip.SipMessage;

/** Where calls go on that a user's phones do not take, within the platform. */
final class CallForwardingTest extends CallRulesWorld {
    private static final Duration LONG = Duration.ofSeconds(100);

    private static SipMessage proved(Phone caller, String callId, String uri) {
        return caller.request("INVITE", uri)
                .set("Call-ID", callId)
                .add("Proxy-Authorization", "Digest realm=sipring.test")
                .build();
    }

    private void isCarols() {
        answers(carol, 180);
        answers(carol, 200);
        List<Integer> heard = alice.statuses();
        assertThat(heard).endsWith(181, 180, 200);
        assertThat(heard.subList(0, heard.size() - 3)).containsExactly(100);
        send(alice, alice.within(alice.last(), "BYE", 2));
        assertThat(carol.last().method()).isEqualTo("BYE");
    }

    /** RFC 3261 section 21.1.3. */
    @Test
    void everyCallGoesElsewhereAndTheCallerIsToldThatItDoes() {
        wishes(bob, always(CAROL));
        calls();
        assertThat(bob.heard).isEmpty();
        assertThat(alice.statuses()).containsExactly(100, 181);
        assertThat(carol.last().header("P-Asserted-Identity")).contains("<sip:alice@sipring.test>");
        isCarols();
    }

    /** RFC 3262 section 3. */
    @Test
    void whoWantsSuchAnswersReliablyIsNotToldThatItsCallIsForwarded() {
        wishes(bob, always(CAROL));
        calls("Require", "100rel");
        assertThat(alice.statuses()).containsExactly(100);
        assertThat(carol.requests()).containsExactly("INVITE");
    }

    @ParameterizedTest
    @ValueSource(ints = {486, 600})
    void aCallThatFindsTheUserBusyGoesElsewhere(int status) {
        wishes(bob, busy(CAROL));
        calls();
        answers(bob, status);
        assertThat(bob.requests()).containsExactly("INVITE", "ACK");
        isCarols();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 488, 603, 606})
    void aCallThatIsRefusedOtherwiseGoesNowhereElse(int status) {
        world.rules(
                bob,
                new CallRules(
                        new CallForwarding(
                                Optional.empty(), Optional.of(CAROL), Optional.of(CAROL), PATIENCE, Optional.of(CAROL)),
                        false,
                        List.of()));
        calls();
        answers(bob, 180);
        answers(bob, status);
        world.pass(LONG);
        assertThat(told()).containsExactly(100, 180, status);
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void onePhoneThatIsBusyIsNotEnoughWhileAnotherRings() {
        Phone mobile = world.udp("bob", "192.0.2.22");
        world.register(mobile, "n1");
        wishes(bob, busy(CAROL));
        calls();
        answers(bob, 486);
        assertThat(carol.heard).isEmpty();
        answers(mobile, 480);
        assertThat(carol.requests()).containsExactly("INVITE");
    }

    @Test
    void aCallThatNobodyAnswersGoesElsewhereWhenPatienceIsOut() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE.minusSeconds(1));
        assertThat(bob.requests()).containsExactly("INVITE");
        world.pass(Duration.ofSeconds(1));
        assertThat(carol.requests()).containsExactly("INVITE");
        assertThat(bob.requests()).containsExactly("INVITE", "CANCEL");
        answers(bob, 487);
        assertThat(alice.statuses()).containsExactly(100, 180, 181);
        answers(carol, 200);
        assertThat(alice.statuses()).containsExactly(100, 180, 181, 200);
    }

    /** RFC 3261 section 16.6: all that ring are told to stop. */
    @Test
    void allPhonesStopToRingWhenPatienceIsOutAndTheLessPreferredAreCalledNoMore() {
        Phone mobile = world.udp("bob", "192.0.2.22");
        Phone home = world.udp("bob", "192.0.2.23");
        world.register(mobile, "n1");
        world.register(home, "n1", 0.1);
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        answers(mobile, 180);
        world.pass(PATIENCE);
        answers(bob, 487);
        answers(mobile, 487);
        world.pass(LONG);
        assertThat(asked(bob)).containsExactly("INVITE", "CANCEL", "ACK");
        assertThat(asked(mobile)).containsExactly("INVITE", "CANCEL", "ACK");
        assertThat(home.heard).isEmpty();
    }

    /** Patience counts from when the first phones ring, whichever ring next. */
    @Test
    void patienceIsForAllPhonesTogether() {
        Phone mobile = world.udp("bob", "192.0.2.22");
        world.register(mobile, "n1", 0.1);
        world.rules(
                bob,
                new CallRules(
                        new CallForwarding(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(CAROL),
                                ProxyNode.RINGING.round().plusSeconds(5),
                                Optional.empty()),
                        false,
                        List.of()));
        calls();
        answers(bob, 180);
        world.pass(ProxyNode.RINGING.round());
        answers(bob, 487);
        assertThat(mobile.requests()).containsExactly("INVITE");
        answers(mobile, 180);
        assertThat(carol.heard).isEmpty();
        world.pass(Duration.ofSeconds(5));
        assertThat(asked(carol)).containsExactly("INVITE");
        assertThat(asked(mobile)).containsExactly("INVITE", "CANCEL");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 480})
    void aCallThatPhonesLetRingToTheEndGoesElsewhereBeforePatienceIsOut(int status) {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        answers(bob, status);
        assertThat(carol.requests()).containsExactly("INVITE");
    }

    @Test
    void aPhoneThatDidNotRingIsOutOfReachAndHasNotLetItRing() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 480);
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(carol.heard).isEmpty();
    }

    /** RFC 3261 section 16.7 step 10: the call is what everybody wants. */
    @Test
    void whoAnswersInsteadOfStoppingToRingIsTakenAllTheSame() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        answers(carol, 180);
        answers(bob, 200);
        assertThat(alice.last().status()).isEqualTo(200);
        assertThat(carol.requests()).containsExactly("INVITE", "CANCEL");
        answers(carol, 487);
        assertThat(alice.statuses()).containsExactly(100, 180, 181, 180, 200);
    }

    /** RFC 3261 section 16.7 step 6: what those say who rang before counts no more, but they are waited for. */
    @Test
    void theCallerHearsWhatThePersonSaysWhoWasCalledInstead() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        answers(carol, 486);
        assertThat(alice.statuses()).containsExactly(100, 180, 181);
        answers(bob, 487);
        assertThat(alice.statuses()).containsExactly(100, 180, 181, 486);
    }

    @Test
    void aCallToSomebodyWithoutAPhoneGoesElsewhere() {
        wishes(bob, unregistered(CAROL));
        leaves(bob);
        calls();
        isCarols();
    }

    @Test
    void aCallToSomebodyWhosePhonesCannotBeReachedGoesElsewhere() {
        Phone tcp = world.tcp("bob", "192.0.2.22");
        leaves(bob);
        world.registerFlow(tcp, "n1", 1);
        tcp.hangUpConnection(world.node("n1"));
        wishes(bob, unregistered(CAROL));
        calls();
        assertThat(carol.last().headers(HISTORY).toString()).contains("carol@sipring.test;cause=503");
        isCarols();
    }

    @Test
    void aPhoneThatNeverSpeaksCannotBeReached() {
        wishes(bob, unregistered(CAROL));
        calls();
        world.pass(Duration.ofSeconds(40));
        assertThat(asked(carol)).containsExactly("INVITE");
    }

    @Test
    void withoutAWishForTheCaseTheCallerHearsWhatThereIs() {
        wishes(bob, unregistered(CAROL));
        calls();
        answers(bob, 486);
        assertThat(alice.statuses()).containsExactly(100, 486);
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void whoDoesNotWantToBeDisturbedIsBusyAndNoPhoneRings() {
        world.rules(bob, new CallRules(CallForwarding.NONE, true, List.of()));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 486);
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void whoDoesNotWantToBeDisturbedMayHaveCallsGoElsewhere() {
        world.rules(bob, new CallRules(busy(CAROL), true, List.of()));
        calls();
        assertThat(bob.heard).isEmpty();
        isCarols();
    }

    @Test
    void whoIsCalledInsteadMayBeBusyAndForwardAgain() {
        wishes(bob, busy(CAROL));
        wishes(carol, busy("sip:dave@sipring.test"));
        calls();
        answers(bob, 486);
        answers(carol, 486);
        answers(dave, 200);
        assertThat(alice.statuses()).containsExactly(100, 181, 181, 200);
    }

    @Test
    void whoIsCalledInsteadMayNotWantToBeDisturbed() {
        wishes(bob, always(CAROL));
        world.rules(carol, new CallRules(CallForwarding.NONE, true, List.of()));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 181, 486);
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void whoIsCalledInsteadHasAPatienceOfItsOwn() {
        wishes(bob, noAnswer(CAROL));
        wishes(carol, noAnswer("sip:dave@sipring.test"));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        answers(bob, 487);
        answers(carol, 180);
        world.pass(PATIENCE.minusMillis(500));
        assertThat(dave.heard).isEmpty();
        world.pass(Duration.ofMillis(500));
        assertThat(dave.requests()).containsExactly("INVITE");
        answers(dave, 486);
        answers(carol, 487);
        assertThat(alice.last().status()).isEqualTo(486);
    }

    /** Who is blocked gets no further by calling somebody who forwards there. */
    @Test
    void whoIsBlockedByThePersonCalledInsteadIsRefused() {
        wishes(bob, always(CAROL));
        world.rules(carol, new CallRules(CallForwarding.NONE, false, List.of("alice@sipring.test")));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 603);
        assertThat(carol.heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:nobody@sipring.test", // No user of the platform, and no number.
        "sip:sipring.test", // The platform itself.
        "sip:x@example.org", // Bob may not call there.
        "mailto:bob@sipring.test",
        "sip:bob@"
    })
    void whereACallMayNotGoItEndsAsItWouldHaveEnded(String to) {
        wishes(bob, always(to));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 480);
        wishes(bob, busy(to));
        calls("Call-ID", "2");
        answers(bob, 486);
        assertThat(alice.last().status()).isEqualTo(486);
        assertThat(alice.statuses()).doesNotContain(181);
    }

    @Test
    void whereACallMayNotGoPhonesRingOnWhenPatienceIsOut() {
        wishes(bob, noAnswer("sip:x@example.org"));
        calls();
        answers(bob, 180);
        world.pass(LONG);
        assertThat(bob.requests()).containsExactly("INVITE");
        answers(bob, 200);
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
    }

    @Test
    void whereThePersonCalledInsteadHasNoPhoneThePhonesRingOn() {
        wishes(bob, noAnswer(CAROL));
        leaves(carol);
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        assertThat(bob.requests()).containsExactly("INVITE");
        answers(bob, 200);
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
    }

    /** RFC 3261 section 16.7: no refusal goes to the caller while somebody may yet answer. */
    @Test
    void whoRangBeforeMayYetAnswerWhereThePersonCalledInsteadIsNotToBeDisturbed() {
        wishes(bob, noAnswer(CAROL));
        world.rules(carol, new CallRules(CallForwarding.NONE, true, List.of()));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        assertThat(alice.statuses()).containsExactly(100, 180, 181);
        answers(bob, 200);
        assertThat(alice.statuses()).containsExactly(100, 180, 181, 200);
    }

    @Test
    void aDisabledAccountForwardsNothingAndIsCalledByNobody() {
        wishes(bob, always(CAROL));
        wishes(carol, always("sip:dave@sipring.test"));
        world.disable(carol);
        calls();
        assertThat(alice.statuses()).containsExactly(100, 480);
        world.disable(bob);
        calls("Call-ID", "2");
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(dave.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESSAGE", "SUBSCRIBE", "OPTIONS"})
    void onlyCallsAreForwarded(String method) {
        world.rules(bob, new CallRules(always(CAROL), true, List.of()));
        send(
                alice,
                alice.request(method, "sip:bob@sipring.test")
                        .add("Proxy-Authorization", "Digest realm=sipring.test")
                        .build());
        assertThat(bob.requests()).containsExactly(method);
        assertThat(carol.heard).isEmpty();
    }

    /** RFC 5627: who asks for one phone wants nobody else; but it is not to ring. */
    @Test
    void aCallForOnePhoneIsNotForwarded() {
        wishes(bob, always(CAROL));
        send(alice, proved(alice, "1", bob.gruu()));
        assertThat(bob.requests()).containsExactly("INVITE");
        answers(bob, 480);
        assertThat(alice.last().status()).isEqualTo(480);
        world.rules(bob, new CallRules(always(CAROL), true, List.of()));
        send(alice, proved(alice, "2", bob.gruu()));
        assertThat(alice.last().status()).isEqualTo(486);
        assertThat(carol.heard).isEmpty();
    }

    /** RFC 3891 section 3: it takes a call over, and rings nowhere. */
    @Test
    void aCallInThePlaceOfAnotherReachesThePhone() {
        world.rules(bob, new CallRules(always(CAROL), true, List.of()));
        calls("Replaces", "call-carol;to-tag=bob;from-tag=carol");
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void anAliasLeadsToTheSameUserAndWishes() {
        world.alias("+4930123@sipring.test", bob);
        wishes(bob, always("tel:+49-30-456"));
        world.alias("+4930456@sipring.test", carol);
        send(alice, alice.invite("+4930123"));
        assertThat(carol.requests()).containsExactly("INVITE");
        assertThat(carrier.heard).isEmpty();
    }

    /** RFC 5630 section 5.3. */
    @Test
    void aCallForASipsUriIsForwardedToSipsContactsOnly() {
        Phone tls = world.tls("alice", "192.0.2.11");
        Phone secure = world.tls("dave", "192.0.2.14").sips();
        leaves(dave);
        world.register(secure, "n1");
        wishes(bob, always(CAROL));
        send(tls, proved(tls, "1", "sips:bob@sipring.test"));
        assertThat(tls.last().status()).isEqualTo(480);
        assertThat(carol.heard).isEmpty();
        wishes(bob, always("sip:dave@sipring.test"));
        send(tls, proved(tls, "2", "sips:bob@sipring.test"));
        assertThat(secure.last().requestUri()).isEqualTo(secure.contact());
    }

    /** A phone may have the answer lost on its way. */
    @Test
    void nothingIsKeptOfAForwardedCallThatIsOver() {
        wishes(bob, noAnswer(CAROL));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        answers(bob, 487);
        answers(carol, 486);
        send(alice, ack(alice.last()));
        world.pass(LONG);
        assertThat(world.node("n1").transactions()).isZero();
        assertThat(world.node("n2").transactions()).isZero();
    }

    private SipMessage ack(SipMessage refusal) {
        return SipMessage.request("ACK", "sip:bob@sipring.test")
                .add("Via", refusal.topVia().toString())
                .add("Max-Forwards", "70")
                .add("From", refusal.header("From").orElseThrow())
                .add("To", refusal.header("To").orElseThrow())
                .add("Call-ID", refusal.callId())
                .add("CSeq", "1 ACK")
                .build();
    }
}
