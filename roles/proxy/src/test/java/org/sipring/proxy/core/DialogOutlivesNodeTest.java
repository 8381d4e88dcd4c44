package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.sip.SipMessage;

/** Flows and nodes that die: what was set up goes on through the others. */
final class DialogOutlivesNodeTest {
    private final World world = World.of(3);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    /** Alice at n1 calls Bob; gives the 200 that she hears. */
    private SipMessage call(Phone callee) {
        alice.call("bob", "n1");
        callee.answer(callee.last(), 200);
        world.settle();
        alice.send(world.node("n1"), alice.within(alice.last(), "ACK", 1));
        world.settle();
        return alice.last();
    }

    private void kill(String node) {
        world.kill(node);
        world.show();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aByeReachesThePhoneThoughAProxyOfTheCallIsDead(String dead) {
        world.register(bob, "n2");
        SipMessage ok = call(bob);
        kill(dead);
        alice.send(world.node("n3"), alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(bob.last().method()).isEqualTo("BYE");
        bob.answer(bob.last(), 200);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(200);
    }

    @Test
    void theVeryPhoneOfADialogIsReachedBeforeOtherPhonesOfItsUser() {
        world.register(bob, "n2");
        SipMessage ok = call(bob);
        Phone besides = world.udp("bob", "192.0.2.2", 5090);
        world.register(besides, "n3");
        kill("n2");
        alice.send(world.node("n1"), alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(bob.last().method()).isEqualTo("BYE");
        assertThat(besides.heard).isEmpty();
    }

    @Test
    void aByeOfTheCalleeReachesTheCallerThroughAnotherProxy() {
        world.register(bob, "n2");
        call(bob);
        SipMessage invite = bob.heard.get(0);
        kill("n1");
        kill("n2");
        bob.send(world.node("n3"), bob.back(invite, "BYE", 1));
        world.settle();
        assertThat(alice.last().method()).isEqualTo("BYE");
        alice.answer(alice.last(), 200);
        world.settle();
        assertThat(bob.last().status()).isEqualTo(200);
    }

    @Test
    void aBindingOfADeadNodeIsReachedDirectlyOverUdp() {
        world.register(bob, "n2");
        kill("n2");
        call(bob);
        SipMessage invite = bob.heard.get(0);
        assertThat(invite.recordRoutes().orElseThrow().toString())
                .contains("n1.edge")
                .doesNotContain("n2.edge");
        bob.send(world.node("n1"), bob.back(invite, "BYE", 1));
        world.settle();
        assertThat(alice.last().method()).isEqualTo("BYE");
    }

    @Test
    void aBindingOfADeadNodeIsReachedByANewConnectionOverTcp() {
        Phone mobile = world.tcp("bob", "192.0.2.3");
        world.register(mobile, "n2");
        kill("n2");
        alice.call("bob", "n1");
        assertThat(mobile.last().method()).isEqualTo("INVITE");
    }

    @Test
    void aByeOpensANewConnectionToAPhoneWhoseNodeIsDead() {
        Phone mobile = world.tcp("bob", "192.0.2.3");
        world.register(mobile, "n2");
        SipMessage ok = call(mobile);
        kill("n2");
        alice.send(world.node("n1"), alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(mobile.last().method()).isEqualTo("BYE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPhoneIsReachedWhereItRegisteredWhenItDoesNotListenWhereItsDialogSays(boolean nodeDies) {
        Phone mobile = world.tcp("bob", "192.0.2.3");
        world.register(mobile, "n2");
        SipMessage ok = call(mobile);
        if (nodeDies) {
            kill("n2");
        } else {
            mobile.hangUpConnection(world.node("n2"));
        }
        String elsewhere = mobile.contact().replace(":5070", ":40404");
        SipMessage bye = alice.within(ok, "BYE", 2).edit().requestUri(elsewhere).build();
        alice.send(world.node("n1"), bye);
        world.settle();
        assertThat(mobile.last().method()).isEqualTo("BYE");
        assertThat(mobile.last().requestUri()).isEqualTo(elsewhere);
    }

    @Test
    void noConnectionIsOpenedToAHostThatTheTokenDoesNotName() {
        Phone mobile = world.tcp("bob", "192.0.2.3");
        Phone victim = world.tcp("victim", "192.0.2.66");
        world.register(mobile, "n2");
        SipMessage ok = call(mobile);
        world.registered.put("bob@sipring.test", List.of());
        kill("n2");
        SipMessage bye = alice.within(ok, "BYE", 2);
        alice.send(world.node("n1"), bye.edit().requestUri(victim.contact()).build());
        world.settle();
        assertThat(victim.heard).isEmpty();
        assertThat(alice.last().status()).isEqualTo(430);
    }

    @Test
    void aByeFollowsThePhoneToTheNodeWhereItRegisteredSince() {
        Phone mobile = world.tcp("bob", "192.0.2.3");
        world.register(mobile, "n2");
        SipMessage ok = call(mobile);
        mobile.hangUpConnection(world.node("n2"));
        world.register(mobile, "n3");
        alice.send(world.node("n1"), alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(mobile.last().method()).isEqualTo("BYE");
        mobile.answer(mobile.last(), 200);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aPhoneThatListensIsCalledOverANewConnectionWhenItsOwnIsClosed(String node) {
        Phone mobile = world.tcp("bob", "192.0.2.3");
        world.register(mobile, node);
        mobile.hangUpConnection(world.node(node));
        SipMessage ok = call(mobile);
        assertThat(mobile.requests()).containsExactly("INVITE", "ACK");
        alice.send(world.node("n1"), alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(mobile.last().method()).isEqualTo("BYE");
    }

    @Test
    void aClosedFlowIsToldAs480ToACallerAnd430WithinADialog() {
        Phone mobile = world.tcp("bob", "192.0.2.3");
        world.register(mobile, "n2");
        SipMessage ok = call(mobile);
        mobile.hangUpConnection(world.node("n2"));
        world.phones.remove(mobile.address);
        alice.send(world.node("n1"), alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(alice.last().status()).isEqualTo(430);
        alice.call("bob", "n1");
        assertThat(alice.last().status()).isEqualTo(480);
    }

    @Test
    void aCallUnderWayGoesAnotherWayWhenTheNodeBeforeThePhoneDies() {
        world.register(bob, "n2");
        world.kill("n2");
        alice.send(world.node("n1"), alice.invite("carol"));
        world.node("n2").alive = true;
        alice.send(
                world.node("n1"),
                alice.request("MESSAGE", "sip:bob@sipring.test")
                        .add("Proxy-Authorization", "x y=z")
                        .build());
        world.pass(Duration.ofMillis(1));
        world.kill("n2");
        world.settle();
        assertThat(bob.heard).isEmpty();
        world.show();
        world.settle();
        assertThat(bob.last().method()).isEqualTo("MESSAGE");
    }

    @Test
    void aCallThatWaitsForALinkToAHungNodeGoesAnotherWayOnceItIsKnownToBeGone() {
        world.register(bob, "n2");
        world.kill("n2");
        world.node("n1").linkTakes = Duration.ofSeconds(5);
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(Duration.ofSeconds(4));
        assertThat(bob.heard).isEmpty();
        world.show();
        world.pass(Duration.ofSeconds(2));
        assertThat(bob.last().method()).isEqualTo("INVITE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallInTheMomentBetweenADeathAndItsNewsWaitsForTheNews(boolean linked) {
        world.register(bob, "n2");
        if (linked) {
            alice.send(world.node("n1"), alice.invite("bob"));
            world.pass(Duration.ofMillis(1));
            world.kill("n2");
            world.node("n1").loseLink(new NodeId("n2"));
        } else {
            world.kill("n2");
            alice.send(world.node("n1"), alice.invite("bob"));
        }
        world.pass(Duration.ofMillis(200));
        assertThat(alice.statuses()).containsExactly(100);
        assertThat(bob.heard).isEmpty();
        world.show();
        world.settle();
        assertThat(bob.last().method()).isEqualTo("INVITE");
    }

    @Test
    void aCallOverALinkThatBrokeIsRefusedWhenItsNodeDoesNotLeave() {
        world.register(bob, "n2");
        world.kill("n2");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(Duration.ofMillis(1_100));
        assertThat(alice.last().status()).isEqualTo(480);
        world.show();
        world.settle();
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsForNewsIsOver() {
        world.register(bob, "n2");
        world.kill("n2");
        SipMessage invite = alice.call("bob", "n1");
        alice.send(world.node("n1"), alice.cancel(invite));
        world.settle();
        assertThat(alice.statuses()).contains(487);
        world.show();
        world.pass(Duration.ofSeconds(2));
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void aCallWaitsWhileNobodyCanTellWhereTheCalleeIs() {
        world.register(bob, "n2");
        world.hideRegistrations(Duration.ofSeconds(2));
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(Duration.ofSeconds(1));
        assertThat(alice.statuses()).containsExactly(100);
        world.pass(Duration.ofSeconds(2));
        assertThat(bob.last().method()).isEqualTo("INVITE");
    }

    @Test
    void aCallIsRefusedWhenNobodyCanTellForLong() {
        world.register(bob, "n2");
        world.hideRegistrations(Duration.ofMinutes(1));
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(Duration.ofSeconds(4));
        assertThat(alice.statuses()).startsWith(100, 503);
        assertThat(alice.last().header("Retry-After")).isPresent();
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void anAckFindsItsWayAsWell() {
        world.register(bob, "n2");
        alice.call("bob", "n1");
        bob.answer(bob.last(), 200);
        world.settle();
        SipMessage ack = alice.within(alice.last(), "ACK", 1);
        kill("n1");
        kill("n2");
        alice.send(world.node("n3"), ack);
        world.settle();
        assertThat(bob.last().method()).isEqualTo("ACK");
    }
}
