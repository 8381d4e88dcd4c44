package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** RFC 3261 section 21.5.4: a node that has too much to do is left alone for a while, and no call is lost by it. */
final class Rfc3261Section2154BusyNodeTest {
    private static final int MOST = 6;
    private static final Duration LONGEST = Duration.ofSeconds(16);

    private final World world = World.small(3, MOST);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    /** A node remembers these for some seconds, and has no room for more. */
    private void fill(String node) {
        for (int i = 0; i < MOST; i++) {
            Phone other = world.udp("other" + i, "192.0.2.9", 6_000 + i);
            other.send(
                    world.node(node),
                    other.request("REGISTER", "sip:sipring.test").build());
        }
        world.settle();
        assertThat(world.node(node).transactions()).isEqualTo(MOST);
    }

    private long invitesHeardBy(String node) {
        return world.node(node).heard.stream()
                .filter(SipMessage::isRequest)
                .filter(message -> message.method().equals("INVITE"))
                .count();
    }

    @Test
    void aCallThroughIsHeldBackUntilTheNodeCanTakeIt() {
        world.register(bob, "n2");
        fill("n2");
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(Duration.ofSeconds(4));
        assertThat(bob.heard).isEmpty();
        assertThat(alice.last().status()).isEqualTo(100);
        assertThat(invitesHeardBy("n2")).isEqualTo(1);
        world.pass(LONGEST);
        assertThat(bob.last().method()).isEqualTo("INVITE");
        bob.answer(bob.last(), 200);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(200);
    }

    @Test
    void aCallThatComesMeanwhileWaitsWithoutAskingTheNode() {
        world.register(bob, "n2");
        fill("n2");
        Phone carol = world.udp("carol", "192.0.2.3");
        alice.call("bob", "n1");
        carol.send(world.node("n1"), carol.invite("bob"));
        world.pass(Duration.ofSeconds(4));
        assertThat(invitesHeardBy("n2")).isEqualTo(1);
        world.pass(LONGEST);
        assertThat(bob.heard.stream().map(SipMessage::callId).distinct()).hasSize(2);
    }

    @Test
    void anotherFlowOfThePhoneIsTakenAtOnce() {
        world.registerFlow(bob, "n3", 2);
        world.registerFlow(bob, "n2", 1);
        fill("n2");
        alice.call("bob", "n1");
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(invitesHeardBy("n2")).isEqualTo(1);
        assertThat(invitesHeardBy("n3")).isEqualTo(1);
        bob.answer(bob.last(), 486);
        world.settle();
        Phone carol = world.udp("carol", "192.0.2.3");
        carol.call("bob", "n1");
        assertThat(invitesHeardBy("n2")).as("it is left alone").isEqualTo(1);
        assertThat(invitesHeardBy("n3")).isEqualTo(2);
    }

    @Test
    void aCallerWhoGoesMeanwhileRingsNobody() {
        world.register(bob, "n2");
        fill("n2");
        SipMessage invite = alice.call("bob", "n1");
        alice.send(world.node("n1"), alice.cancel(invite));
        world.settle();
        assertThat(alice.last().status()).isEqualTo(487);
        world.pass(Duration.ofMinutes(1));
        assertThat(bob.heard).isEmpty();
        assertThat(world.node("n1").transactions()).isZero();
    }

    @Test
    void theOthersAreToldAndTakeAnotherFlowWithoutAsking() {
        world.registerFlow(bob, "n3", 2);
        world.registerFlow(bob, "n2", 1);
        world.node("n2").watchLoad();
        fill("n2");
        world.pass(Duration.ofSeconds(4));
        world.show();
        assertThat(world.node("n2").busy()).isTrue();
        alice.call("bob", "n1");
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(invitesHeardBy("n2")).isZero();
        bob.answer(bob.last(), 100);
        world.pass(Duration.ofMinutes(2));
        assertThat(world.node("n2").busy()).as("it does not turn so soon").isTrue();
        world.pass(Duration.ofSeconds(10));
        assertThat(world.node("n2").busy()).isFalse();
    }

    @Test
    void aNodeThatIsStillBusyIsNotWaitedForAgain() {
        world.register(bob, "n2");
        fill("n2");
        alice.call("bob", "n1");
        keepFull("n2");
        assertThat(alice.last().status()).isEqualTo(500);
        assertThat(invitesHeardBy("n2")).isEqualTo(2);
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void notEvenByWhoWaitsWhenItSaysSoAgain() {
        world.register(bob, "n2");
        fill("n2");
        Phone carol = world.udp("carol", "192.0.2.3");
        alice.call("bob", "n1");
        carol.send(world.node("n1"), carol.invite("bob"));
        for (int i = 0; i < 8 && alice.last().status() == 100; i++) {
            keepFull("n2", i);
        }
        world.pass(Duration.ofSeconds(1));
        assertThat(alice.last().status()).isEqualTo(500);
        assertThat(carol.last().status()).as("whose turn came a moment after").isEqualTo(500);
    }

    private void keepFull(String node) {
        for (int i = 0; i < 8; i++) {
            keepFull(node, i);
        }
        world.pass(Duration.ofSeconds(1));
    }

    // For two seconds: whatever it forgets is replaced at once.
    private void keepFull(String node, int round) {
        world.pass(Duration.ofSeconds(2));
        for (int other = 0; other < 2 * MOST; other++) {
            Phone more = world.udp("more" + round + other, "192.0.2.9", 7_000 + 100 * round + other);
            more.send(
                    world.node(node),
                    more.request("REGISTER", "sip:sipring.test").build());
        }
    }
}
