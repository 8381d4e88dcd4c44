package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.SipMessage;

/** RFC 5626 section 7: where nothing comes over a flow of a phone the next is tried, and one of them is called over. */
final class Rfc5626Section7SilentFlowTest {
    private static final Duration ALMOST = Duration.ofMillis(3_900);
    private static final Duration SILENCE = Duration.ofMillis(4_100);

    private final World world = World.of(3);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    /** Alice at n1 calls Bob, whose flows are tried in this order. */
    private SipMessage callBobAt(String first, String... further) {
        for (int i = further.length; i > 0; i--) {
            world.registerFlow(bob, further[i - 1], i + 1);
        }
        world.registerFlow(bob, first, 1);
        SipMessage invite = alice.call("bob", "n1");
        assertThat(asked("INVITE")).containsExactly(first);
        return invite;
    }

    /** By which nodes the phone has been sent something, each once. */
    private List<String> asked(String method) {
        return bob.heard.stream()
                .filter(request -> request.method().equals(method))
                .map(request -> request.topVia().host())
                .map(host -> "n" + host.charAt(host.length() - 1))
                .distinct()
                .toList();
    }

    private SipMessage invite(String node) {
        return bob.heard.stream()
                .filter(request -> request.method().equals("INVITE"))
                .filter(request -> request.topVia().host().equals(world.node(node).address))
                .findFirst()
                .orElseThrow();
    }

    private void answers(String node, int status) {
        bob.answer(invite(node), status);
        world.settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void theNextFlowIsTriedAfterSeconds(String first) {
        callBobAt(first, "n3");
        world.pass(ALMOST.minusMillis(100));
        assertThat(asked("INVITE")).containsExactly(first);
        world.pass(SILENCE.minus(ALMOST));
        assertThat(asked("INVITE")).containsExactly(first, "n3");
        answers("n3", 200);
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void whoSaysTryingIsWaitedFor(String first) {
        callBobAt(first, "n3");
        answers(first, 100);
        world.pass(Duration.ofSeconds(40));
        assertThat(asked("INVITE")).containsExactly(first);
        answers(first, 200);
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    @Test
    void allFlowsAreTriedAndTheLastIsWaitedForAsAnyPhoneIs() {
        callBobAt("n2", "n3", "n1");
        world.pass(SILENCE.plus(SILENCE));
        assertThat(asked("INVITE")).containsExactly("n2", "n3", "n1");
        world.pass(Duration.ofSeconds(30));
        assertThat(alice.statuses()).containsExactly(100);
        world.pass(Duration.ofSeconds(4));
        assertThat(alice.statuses()).startsWith(100, 408);
    }

    @Test
    void theFirstIsTakenBackAsSoonAsItAnswersWhenTheSecondHasSpoken() {
        callBobAt("n2", "n3");
        world.pass(SILENCE);
        answers("n3", 180);
        assertThat(asked("CANCEL")).isEmpty();
        answers("n2", 180);
        assertThat(asked("CANCEL")).containsExactly("n2");
        answers("n2", 487);
        answers("n3", 200);
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
    }

    @Test
    void theSecondIsTakenBackWhenTheFirstSpeaksBefore() {
        callBobAt("n2", "n3");
        world.pass(SILENCE);
        answers("n2", 180);
        answers("n3", 100);
        assertThat(asked("CANCEL")).containsExactly("n3");
        answers("n3", 487);
        answers("n2", 200);
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
    }

    /** RFC 3261 section 8.2.2.2. */
    @Test
    void aPhoneThatHasTheRequestByTheOtherFlowAnswersItThere() {
        callBobAt("n2", "n3");
        world.pass(SILENCE);
        answers("n3", 482);
        assertThat(alice.statuses()).containsExactly(100);
        answers("n2", 200);
        assertThat(asked("CANCEL")).isEmpty();
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    @Test
    void aRefusalOverEitherFlowIsThePhones() {
        callBobAt("n2", "n3");
        world.pass(SILENCE);
        answers("n2", 486);
        assertThat(alice.statuses()).startsWith(100, 486);
        answers("n3", 100);
        assertThat(asked("CANCEL")).containsExactly("n3");
    }

    @Test
    void answersOverBothAreBothTheCallers() {
        callBobAt("n2", "n3");
        world.pass(SILENCE);
        answers("n3", 200);
        answers("n2", 200);
        assertThat(alice.statuses()).containsExactly(100, 200, 200);
    }

    @Test
    void aCallThatIsTakenBackTriesNoFurtherFlow() {
        SipMessage invite = callBobAt("n2", "n3", "n1");
        world.pass(SILENCE);
        alice.send(world.node("n1"), alice.cancel(invite));
        world.pass(SILENCE);
        assertThat(asked("INVITE")).containsExactly("n2", "n3");
        answers("n3", 100);
        assertThat(asked("CANCEL")).containsExactly("n3");
        answers("n3", 487);
        world.pass(Duration.ofSeconds(30));
        assertThat(alice.statuses()).contains(487);
        assertThat(asked("INVITE")).containsExactly("n2", "n3");
    }

    @Test
    void aFlowThatBreaksWhenTheCallIsTakenBackLeadsToNoOther() {
        Phone mobile = world.tcp("bob", "192.0.2.4");
        world.registerFlow(mobile, "n3", 2);
        world.registerFlow(mobile, "n1", 1);
        SipMessage invite = alice.call("bob", "n1");
        alice.send(world.node("n1"), alice.cancel(invite));
        world.settle();
        mobile.hangUpConnection(world.node("n1"));
        world.settle();
        assertThat(mobile.requests()).containsExactly("INVITE");
        assertThat(alice.last().status()).isEqualTo(487);
    }

    @Test
    void theFirstMayYetSpeakWhenTheSecondIsClosed() {
        Phone mobile = world.tcp("bob", "192.0.2.4");
        world.registerFlow(mobile, "n3", 2);
        world.registerFlow(mobile, "n2", 1);
        mobile.hangUpConnection(world.node("n3"));
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(SILENCE);
        assertThat(alice.statuses()).containsExactly(100);
        mobile.answer(mobile.last(), 200);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    @Test
    void aSilentConnectionThatBreaksIsNoMoreThanThat() {
        Phone mobile = world.tcp("bob", "192.0.2.4");
        world.register(mobile, "n2");
        world.register(mobile, "n3");
        world.register(mobile, "n1");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(SILENCE);
        assertThat(mobile.requests()).containsExactly("INVITE", "INVITE");
        mobile.hangUpConnection(world.node("n1"));
        world.settle();
        assertThat(mobile.requests()).containsExactly("INVITE", "INVITE");
        mobile.answer(mobile.last(), 200);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    /** RFC 4320: who asks gives up at the same time. */
    @Test
    void otherRequestsAreNotRepeatedOverTheNext() {
        world.registerFlow(bob, "n3", 2);
        world.registerFlow(bob, "n2", 1);
        alice.send(
                world.node("n1"),
                alice.request("MESSAGE", "sip:bob@sipring.test")
                        .add("Proxy-Authorization", "x y=z")
                        .build());
        world.pass(Duration.ofSeconds(40));
        assertThat(asked("MESSAGE")).containsExactly("n2");
        assertThat(alice.last().status()).isEqualTo(408);
    }

    @Test
    void theOwnFlowOfADialogIsNotTriedTwice() {
        bob.behindGruu();
        callBobAt("n2");
        answers("n2", 200);
        alice.send(world.node("n1"), alice.within(alice.last(), "INVITE", 2));
        world.pass(SILENCE);
        assertThat(bob.heard.stream()
                        .filter(request -> request.cseq().number() == 2)
                        .map(request -> request.topVia().branch())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aPhoneWithOneFlowIsWaitedFor() {
        callBobAt("n2");
        world.pass(Duration.ofSeconds(31));
        assertThat(alice.statuses()).containsExactly(100);
        answers("n2", 200);
        assertThat(alice.statuses()).containsExactly(100, 200);
    }
}
