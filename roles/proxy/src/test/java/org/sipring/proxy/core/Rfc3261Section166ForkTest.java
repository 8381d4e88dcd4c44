package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** One user, several phones: RFC 3261 section 16.6. */
final class Rfc3261Section166ForkTest {
    private static final String CHALLENGE = "Digest realm=\"%s\", nonce=\"1\"";

    private final World world = World.of(3);
    private final Phone alice = world.udp("alice", "192.0.2.1");

    private Phone bob(int host, String node, double q) {
        Phone bob = world.udp("bob", "192.0.2." + host);
        world.register(bob, node, q);
        return bob;
    }

    private SipMessage send(SipMessage request) {
        alice.send(world.node("n1"), request);
        world.settle();
        return request;
    }

    private void answers(Phone phone, int status, String... header) {
        phone.answer(phone.heard.get(0), status, header);
        world.settle();
    }

    /** RFC 3261 sections 16.6 and 16.7. */
    @Test
    void phonesOfOnePreferenceRingTogetherAndTheOthersStopWhenOneAnswers() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        alice.call("bob", "n1");
        answers(desk, 180);
        answers(mobile, 183);
        assertThat(alice.statuses()).containsExactly(100, 180, 183);

        answers(desk, 200);
        assertThat(alice.statuses()).containsExactly(100, 180, 183, 200);
        assertThat(mobile.requests()).containsExactly("INVITE", "CANCEL");
        answers(mobile, 487);
        assertThat(mobile.requests()).containsExactly("INVITE", "CANCEL", "ACK");
        assertThat(alice.statuses()).containsExactly(100, 180, 183, 200);
        assertThat(desk.requests()).containsExactly("INVITE");
    }

    /** RFC 3261 section 16.7. */
    @Test
    void aPhoneThatIsToStopIsNotCalledOnceMoreByAnotherWay() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        alice.call("bob", "n1");
        world.kill("n2");
        answers(desk, 200);
        world.show();
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 200);
        assertThat(mobile.requests()).containsExactly("INVITE");
    }

    /** RFC 3261 section 16.7 step 5. */
    @Test
    void twoPhonesThatAnswerAtTheSameTimeAreBothToldToTheCaller() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        alice.call("bob", "n1");
        desk.answer(desk.heard.get(0), 200);
        mobile.answer(mobile.heard.get(0), 200);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 200, 200);
    }

    @Test
    void theLessPreferredIsCalledWhenAllOthersHaveSaidNo() {
        Phone desk = bob(2, "n2", 0.5);
        Phone mobile = bob(3, "n3", 1);
        Phone tablet = bob(4, "n1", 1);
        alice.call("bob", "n1");
        assertThat(desk.heard).isEmpty();
        answers(mobile, 486);
        assertThat(mobile.requests()).containsExactly("INVITE", "ACK");
        assertThat(desk.heard).isEmpty();
        answers(tablet, 480);
        answers(desk, 200);
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    @Test
    void theLessPreferredIsCalledWhenTheOthersHaveRungForSomeTime() {
        Phone desk = bob(2, "n2", 0.5);
        Phone mobile = bob(3, "n3", 1);
        alice.call("bob", "n1");
        answers(mobile, 180);
        world.pass(ProxyNode.RINGING.round().minusSeconds(5));
        assertThat(desk.heard).isEmpty();
        world.pass(Duration.ofSeconds(5));
        assertThat(mobile.requests()).containsExactly("INVITE", "CANCEL");
        assertThat(desk.requests()).containsExactly("INVITE");
        answers(mobile, 487);
        answers(desk, 486);
        assertThat(alice.statuses()).containsExactly(100, 180, 486);
    }

    /** RFC 3261 section 16.7. */
    @Test
    void whoAnswersInsteadOfStoppingToRingIsTakenAllTheSame() {
        Phone desk = bob(2, "n2", 0.5);
        Phone mobile = bob(3, "n3", 1);
        alice.call("bob", "n1");
        answers(mobile, 180);
        world.pass(ProxyNode.RINGING.round().plusMillis(100));
        answers(mobile, 200);
        assertThat(alice.statuses()).containsExactly(100, 180, 200);
        answers(desk, 180);
        assertThat(desk.requests()).containsExactly("INVITE", "CANCEL");
    }

    /** RFC 3261 section 16.7 step 6. */
    @Test
    void theBestRefusalIsToldWhenAllHaveAnswered() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n1", 1);
        alice.call("bob", "n1");
        answers(mobile, 486);
        assertThat(alice.statuses()).containsExactly(100);
        answers(desk, 503);
        assertThat(alice.statuses()).containsExactly(100, 486);
    }

    /** RFC 3261 section 16.7 step 5. */
    @Test
    void a6xxEndsTheSearchAndIsToldWhenTheOthersHaveStopped() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n1", 1);
        Phone home = bob(4, "n1", 0.1);
        alice.call("bob", "n1");
        answers(desk, 180);
        answers(mobile, 603);
        assertThat(desk.requests()).containsExactly("INVITE", "CANCEL");
        assertThat(alice.statuses()).containsExactly(100, 180);
        answers(desk, 487);
        assertThat(alice.statuses()).containsExactly(100, 180, 603);
        assertThat(home.heard).isEmpty();
    }

    /** RFC 3261 section 16.7 step 7. */
    @Test
    void theChallengesOfAllPhonesReachTheCaller() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        alice.call("bob", "n1");
        answers(desk, 401, "WWW-Authenticate", CHALLENGE.formatted("desk"));
        answers(mobile, 407, "Proxy-Authenticate", CHALLENGE.formatted("mobile"));
        assertThat(alice.last().status()).isEqualTo(401);
        assertThat(alice.last().headers("WWW-Authenticate")).containsExactly(CHALLENGE.formatted("desk"));
        assertThat(alice.last().headers("Proxy-Authenticate")).containsExactly(CHALLENGE.formatted("mobile"));
    }

    /** RFC 3261 section 16.10. */
    @Test
    void aCancelReachesAllPhones() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        Phone home = bob(4, "n1", 0.1);
        SipMessage invite = alice.call("bob", "n1");
        answers(desk, 180);
        answers(mobile, 180);
        send(alice.cancel(invite));
        assertThat(desk.requests()).containsExactly("INVITE", "CANCEL");
        assertThat(mobile.requests()).containsExactly("INVITE", "CANCEL");
        answers(desk, 487);
        answers(mobile, 487);
        assertThat(alice.statuses()).containsExactly(100, 180, 180, 200, 487);
        assertThat(home.heard).isEmpty();
    }

    /** RFC 5626 section 5.3. */
    @Test
    void aPhoneIsCalledOverOneOfItsFlowsOnly() {
        Phone bob = world.tcp("bob", "192.0.2.2");
        world.registerFlow(bob, "n2", 1);
        world.registerFlow(bob, "n3", 2);
        alice.call("bob", "n1");
        answers(bob, 200);
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    /** RFC 5626 section 5.3. */
    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2", "n3"})
    void aFlowThatIsClosedIsReplacedByThePhonesNext(String closed) {
        Phone bob = world.tcp("bob", "192.0.2.2");
        world.registerFlow(bob, "n1", 1);
        world.registerFlow(bob, "n2", 2);
        world.registerFlow(bob, "n3", 3);
        bob.hangUpConnection(world.node(closed));
        bob.hangUpConnection(world.node(closed.equals("n3") ? "n1" : "n3"));
        alice.call("bob", "n1");
        answers(bob, 200);
        assertThat(alice.statuses()).containsExactly(100, 200);
    }

    /** RFC 5626 section 5.3. */
    @Test
    void noConnectionIsOpenedToAPhoneThatKeepsItsFlows() {
        Phone bob = world.tcp("bob", "192.0.2.2");
        world.registerFlow(bob, "n1", 1);
        bob.hangUpConnection(world.node("n1"));
        alice.call("bob", "n1");
        assertThat(bob.heard).isEmpty();
        assertThat(alice.last().status()).isEqualTo(480);
    }

    /** RFC 5626 section 5.3. */
    @Test
    void aFlowWhoseNodeIsGoneIsTheLastToBeTried() {
        Phone bob = world.udp("bob", "192.0.2.2");
        world.registerFlow(bob, "n2", 1);
        world.registerFlow(bob, "n3", 2);
        world.kill("n3");
        world.show();
        alice.call("bob", "n1");
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(bob.last().topVia().toString()).contains(world.node("n2").address);
    }

    /** RFC 5393 section 5.3. */
    @Test
    void theBreadthIsSharedByTheBranches() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        alice.call("bob", "n1");
        assertThat(desk.last().headers("Max-Breadth")).containsExactly("30");
        assertThat(mobile.last().headers("Max-Breadth")).containsExactly("30");
    }

    /** RFC 5393 section 5.3. */
    @Test
    void withABreadthOfOnePhonesAreCalledOneAfterTheOther() {
        Phone desk = bob(2, "n1", 1);
        Phone mobile = bob(3, "n2", 1);
        send(broad(1));
        assertThat(desk.heard).isEmpty();
        assertThat(mobile.last().headers("Max-Breadth")).containsExactly("1");
        answers(mobile, 486);
        assertThat(desk.requests()).containsExactly("INVITE");
    }

    /** RFC 5393 section 5.3. */
    @Test
    void withoutAnyBreadthNobodyIsCalled() {
        Phone desk = bob(2, "n1", 1);
        send(broad(0));
        assertThat(desk.heard).isEmpty();
        assertThat(alice.last().status()).isEqualTo(440);
    }

    private SipMessage broad(int breadth) {
        MessageBuilder invite = alice.invite("bob").edit();
        return invite.add("Max-Breadth", Integer.toString(breadth)).build();
    }
}
