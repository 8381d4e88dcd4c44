package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.proxy.records.CallRecord;
import org.sipring.proxy.records.CallRecord.State;
import org.sipring.sip.SipMessage;

/** The end of a call that the node which follows it does not hear of is told by the node that the BYE came to instead. */
final class EndOnlyRecordsTest {
    private static final NodeId N2 = new NodeId("n2");

    private final World world = World.of(3);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    /** Alice calls Bob, who registered at n2, through n1, which follows the call; gives the INVITE as he heard it. */
    private SipMessage established() {
        world.register(bob, "n2");
        alice.call("bob", "n1");
        SipMessage invite = bob.last();
        answers(bob, 200);
        return invite;
    }

    private void answers(Phone phone, int status) {
        phone.answer(phone.last(), status);
        world.settle();
    }

    private void hangsUp(Phone caller, String node) {
        caller.send(world.node(node), caller.within(caller.last(), "BYE", 2));
        world.settle();
    }

    private void hangsUp(Phone callee, SipMessage invite) {
        callee.send(world.node("n2"), callee.back(invite, "BYE", 1));
        world.pass(Duration.ofSeconds(2));
    }

    private List<State> told(String node) {
        return world.node(node).records.stream().map(CallRecord::state).toList();
    }

    // A phone whose servers DNS names goes to another where its own is silent; that node is alive, and hears nothing.
    @Test
    void aByeThatGoesRoundTheNodeOfTheCall() {
        established();
        hangsUp(alice, "n3");
        answers(bob, 200);
        assertThat(told("n3")).containsExactly(State.END_ONLY);
    }

    // The other nodes see that a node is gone a moment after nobody answered there.
    @Test
    void aByeThatFindsTheNodeOfTheCallDead() {
        world.register(alice, "n1");
        SipMessage invite = established();
        world.kill("n1");
        bob.send(world.node("n2"), bob.back(invite, "BYE", 1));
        world.settle();
        world.show();
        world.pass(Duration.ofSeconds(2));
        assertThat(alice.last().method()).isEqualTo("BYE");
        answers(alice, 200);
        assertThat(told("n2")).containsExactly(State.END_ONLY);
    }

    /** A node that is cut off sees the others for some seconds yet, as they were. */
    @Test
    void aByeAtANodeThatIsCutOffAndReachesTheCallerOverAnotherFlow() {
        SipMessage invite = established();
        world.register(alice, "n2");
        cutOff();
        hangsUp(bob, invite);
        assertThat(alice.last().method()).isEqualTo("BYE");
        answers(alice, 200);
        assertThat(told("n2")).containsExactly(State.END_ONLY);
    }

    /** Who hangs up has hung up, RFC 3261 section 15.1.1. */
    @Test
    void aByeAtANodeThatIsCutOffAndReachesNobody() {
        SipMessage invite = established();
        cutOff();
        hangsUp(bob, invite);
        assertThat(bob.last().status()).isEqualTo(430);
        assertThat(told("n2")).containsExactly(State.END_ONLY);
    }

    private void cutOff() {
        world.kill("n1");
        world.node("n1").loseLink(N2);
    }

    /** RFC 5627 section 6.1: its GRUU leads to where the caller is registered now. */
    @Test
    void aByeThatLeadsToACallerWhoHasMoved() {
        world.register(alice.behindGruu(), "n1");
        SipMessage invite = established();
        world.registered.put(alice.aor(), List.of());
        world.register(alice, "n3");
        hangsUp(bob, invite);
        assertThat(alice.last().method()).isEqualTo("BYE");
        answers(alice, 200);
        assertThat(told("n1")).containsExactly(State.ANSWERED);
        assertThat(told("n2")).containsExactly(State.END_ONLY);
        assertThat(told("n3")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 480, 481})
    void notThatOfACallWhoseNodeHeardTheAnswer(int status) {
        world.register(alice, "n1");
        SipMessage invite = established();
        hangsUp(bob, invite);
        answers(alice, status);
        assertThat(told("n1")).containsExactly(State.ANSWERED, State.OVER);
        assertThat(told("n2")).isEmpty();
    }

    @Test
    void whereTheNodeOfTheCallIsDead() {
        established();
        world.kill("n1");
        world.show();
        hangsUp(alice, "n3");
        answers(bob, 200);
        assertThat(told("n1")).containsExactly(State.ANSWERED);
        assertThat(world.node("n3").records).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(State.END_ONLY);
            assertThat(record.dialog()).isEqualTo(new CallRecord.Dialog("call-alice", "alice", "bob"));
            assertThat(record.times().end()).isPresent();
            assertThat(record.outcome().status()).isEqualTo(200);
        });
        assertThat(told("n2")).isEmpty();
    }
}
