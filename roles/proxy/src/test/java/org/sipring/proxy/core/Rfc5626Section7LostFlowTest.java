package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.SipMessage;

/** RFC 5626 section 7: a flow that is known to be lost is not offered to the next call. */
final class Rfc5626Section7LostFlowTest {
    private static final int MOST = 6;

    private final World world = World.small(3, MOST);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.tcp("bob", "192.0.2.2");

    private FlowRef flowOf(Phone phone, String node) {
        return FlowRef.of(new NodeId(node), world.node(node).boot, phone.flowAt(world.node(node)));
    }

    private List<Locations.Registered> registered(Phone phone) {
        return world.registered.getOrDefault(phone.aor(), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void theNodeThatHeldItFindsOutByTheFirstCallAndTheNextOneHearsOfItNoMore(String node) {
        world.registerFlow(bob, node, 1);
        FlowRef lost = flowOf(bob, node);
        bob.hangUpConnection(world.node(node));
        alice.call("bob", "n1");
        assertThat(world.forgotten).containsExactly(lost);
        assertThat(registered(bob)).isEmpty();
        int heard = world.node("n2").heard.size();
        Phone carol = world.udp("carol", "192.0.2.3");
        carol.call("bob", "n1");
        assertThat(carol.last().status()).isEqualTo(480);
        assertThat(world.node("n2").heard).hasSize(heard);
        assertThat(world.forgotten).hasSize(1);
    }

    @Test
    void theOtherFlowsOfThePhoneStay() {
        world.registerFlow(bob, "n3", 2);
        world.registerFlow(bob, "n2", 1);
        bob.hangUpConnection(world.node("n2"));
        alice.call("bob", "n1");
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(registered(bob)).extracting(contact -> contact.edge().flow()).containsExactly(flowOf(bob, "n3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aPhoneThatListensKeepsItsBindingThoughItsConnectionIsClosed(String node) {
        world.register(bob, node);
        bob.hangUpConnection(world.node(node));
        alice.call("bob", "n1");
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(world.forgotten).isEmpty();
    }

    @Test
    void soDoesOneWhoseNewConnectionBreaks() {
        world.register(bob, "n1");
        bob.hangUpConnection(world.node("n1"));
        alice.call("bob", "n1");
        world.node("n1").loseDialled(bob.address);
        world.settle();
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(world.forgotten).isEmpty();
    }

    @Test
    void aConnectionThatIsOpenIsNotLostThoughNothingCanBeSentOverIt() {
        world.registerFlow(bob, "n1", 1);
        world.node("n1").clogged = true;
        alice.call("bob", "n1");
        assertThat(bob.heard).isEmpty();
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(world.forgotten).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aPhoneWhoseConnectionIsClosedAndThatListensNoMoreLosesIt(String node) {
        world.register(bob, node);
        FlowRef lost = flowOf(bob, node);
        bob.hangUpConnection(world.node(node));
        world.phones.remove(bob.address);
        alice.call("bob", "n1");
        assertThat(world.forgotten).containsExactly(lost);
        assertThat(alice.last().status()).isEqualTo(480);
    }

    /** RFC 3261 section 16.7 step 6: what a proxy itself cannot do says nothing about who is called. */
    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aNodeThatMayOpenNoMoreConnectionsKeepsTheBindingAndCallsThePhoneWhenItMay(String node) {
        world.register(bob, node);
        bob.hangUpConnection(world.node(node));
        world.node(node).full.add(bob.address);
        alice.call("bob", "n1");
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(bob.heard).isEmpty();
        assertThat(world.forgotten).isEmpty();
        world.node(node).full.clear();
        alice.call("bob", "n1");
        assertThat(bob.requests()).containsExactly("INVITE");
    }

    @Test
    void noConnectionIsOpenedToAPhoneThatCameByTls() {
        Phone mobile = world.tls("bob", "192.0.2.4");
        world.register(mobile, "n2");
        FlowRef lost = flowOf(mobile, "n2");
        mobile.hangUpConnection(world.node("n2"));
        alice.call("bob", "n1");
        assertThat(world.forgotten).containsExactly(lost);
    }

    /** What was registered by UDP for a contact over TCP has no connection to lose. */
    @ParameterizedTest
    @ValueSource(longs = {7, 0})
    void aConnectionOfAnEarlierLifeOfTheNodeIsLost(long connection) {
        world.registerFlow(bob, "n1", 1);
        Locations.Registered now = registered(bob).get(0);
        FlowRef flow = now.edge().flow();
        FlowRef before = new FlowRef(flow.node(), 99, flow.transport(), flow.remote(), connection);
        world.registered.put(
                bob.aor(),
                List.of(new Locations.Registered(now.uri(), now.edge().with(before), List.of(), 1)));
        alice.call("bob", "n1");
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(world.forgotten).isEqualTo(connection == 0 ? List.of() : List.of(before));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNodeThatCannotBeReachedSaysNothingOfItsFlows(boolean known) {
        world.registerFlow(bob, "n2", 1);
        world.kill("n2");
        if (known) {
            world.show();
        }
        alice.send(world.node("n1"), alice.invite("bob"));
        world.pass(Duration.ofSeconds(2));
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(world.forgotten).isEmpty();
    }

    @Test
    void aBusyNodeSaysNothingOfItsFlows() {
        world.registerFlow(bob, "n2", 1);
        for (int i = 0; i < MOST; i++) {
            Phone other = world.udp("other" + i, "192.0.2.9", 6_000 + i);
            other.send(
                    world.node("n2"),
                    other.request("REGISTER", "sip:sipring.test").build());
        }
        alice.call("bob", "n1");
        assertThat(bob.heard).isEmpty();
        assertThat(world.forgotten).isEmpty();
    }

    @Test
    void silenceOverUdpSaysNothing() {
        Phone mobile = world.udp("bob", "192.0.2.4");
        world.registerFlow(mobile, "n2", 1);
        alice.call("bob", "n1");
        world.pass(Duration.ofSeconds(40));
        assertThat(alice.last().status()).isEqualTo(408);
        assertThat(world.forgotten).isEmpty();
    }

    @Test
    void aConnectionThatBreaksWhileThePhoneRingsIsForgottenByTheNextCall() {
        world.registerFlow(bob, "n1", 1);
        alice.call("bob", "n1");
        bob.answer(bob.last(), 180);
        world.settle();
        bob.hangUpConnection(world.node("n1"));
        world.settle();
        assertThat(alice.last().status()).isEqualTo(480);
        assertThat(world.forgotten).isEmpty();
        Phone carol = world.udp("carol", "192.0.2.3");
        carol.call("bob", "n1");
        assertThat(world.forgotten).hasSize(1);
    }

    /** The Request-URI is what the other phone writes. */
    @Test
    void aRequestWithinADialogTellsNothing() {
        world.registerFlow(bob, "n2", 1);
        alice.call("bob", "n1");
        bob.answer(bob.last(), 200);
        world.settle();
        SipMessage ok = alice.last();
        bob.hangUpConnection(world.node("n2"));
        alice.send(world.node("n1"), alice.within(ok, "BYE", 2));
        world.settle();
        assertThat(alice.last().status()).isEqualTo(430);
        assertThat(world.forgotten).isEmpty();
    }
}
