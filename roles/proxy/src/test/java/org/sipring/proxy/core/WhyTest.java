package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.proxy.journal.Note;
import org.sipring.sip.SipMessage;

/** What the nodes of a call note of it, and why. */
final class WhyTest {
    private final World world = World.of(3);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    private List<String> why(String node, String call) {
        var found = world.node(node).journals.find(call, 100).toCompletableFuture();
        world.settle();
        return found.join().stream().map(Note::text).toList();
    }

    private void answers(Phone phone, int status) {
        phone.answer(phone.last(), status);
        world.settle();
    }

    @Test
    void aCallOverTwoNodes() {
        world.register(bob, "n2");
        alice.call("bob", "n1");
        answers(bob, 180);
        bob.answer(bob.heard.get(0), 200);
        world.settle();
        SipMessage ok = alice.last();
        alice.send(world.node("n1"), alice.within(ok, "ACK", 1));
        alice.send(world.node("n1"), alice.within(ok, "BYE", 2));
        world.settle();
        answers(bob, 200);

        assertThat(why("n1", "call-alice"))
                .containsExactly(
                        "INVITE for sip:bob@sipring.test came from UDP 192.0.2.1:5070, From sip:alice@sipring.test",
                        "the caller proved to be alice@sipring.test",
                        "the registrar has of bob@sipring.test so many contacts: 1",
                        "sent to sip:bob@192.0.2.2:5070 through the node that holds its flow: node n2",
                        "heard 180 Reason from node n2",
                        "heard 200 Reason from node n2",
                        "answered 200 Reason to UDP 192.0.2.1:5070",
                        "the call is recorded as answered with 200",
                        "the ACK went to sip:bob@192.0.2.2:5070: node n2",
                        "BYE for sip:bob@192.0.2.2:5070 came from UDP 192.0.2.1:5070, From sip:alice@sipring.test",
                        "its Route leads to the phone of bob@sipring.test at n2",
                        "sent to sip:bob@192.0.2.2:5070 through the node that holds its flow: node n2",
                        "heard 200 Reason from node n2",
                        "answered 200 Reason to UDP 192.0.2.1:5070",
                        "the call is recorded as over, by the BYE of the caller");
        assertThat(why("n2", "call-alice"))
                .startsWith(
                        "INVITE for sip:bob@192.0.2.2:5070 came from node n1, From sip:alice@sipring.test",
                        "its Route leads to the phone of bob@sipring.test at n2",
                        "sent to sip:bob@192.0.2.2:5070 over its own flow: UDP 192.0.2.2:5070",
                        "heard 180 Reason from UDP 192.0.2.2:5070")
                .endsWith("answered 200 Reason to node n1");
        assertThat(why("n3", "call-alice")).isEmpty();
    }

    @Test
    void aCallOfSomebodyWhoShowsNoCredentials() {
        alice.send(
                world.node("n1"),
                alice.request("INVITE", "sip:bob@sipring.test").build());
        world.settle();
        assertThat(why("n1", "call-alice"))
                .endsWith(
                        "the caller has not proved who it is: it showed no credentials",
                        "answered 407 Proxy Authentication Required to UDP 192.0.2.1:5070");
    }

    @Test
    void noSecretIsNoted() {
        world.register(bob, "n2");
        SipMessage invite = alice.invite("bob")
                .edit()
                .set("Proxy-Authorization", "Digest response=\"5ec3e7\", nonce=\"5ec3e7\"")
                .add("Subject", "5ec3e7")
                .build();
        alice.send(world.node("n1"), invite);
        world.settle();
        assertThat(bob.requests()).containsExactly("INVITE");
        assertThat(why("n1", "call-alice")).isNotEmpty().noneMatch(text -> text.contains("5ec3e7"));
    }

    @Test
    void aCallToNobodyAndOneToSomebodyWhoIsNotThere() {
        alice.call("nobody", "n1");
        assertThat(why("n1", "call-alice"))
                .endsWith(
                        "nobody@sipring.test is no user of this platform",
                        "answered 404 Not Found to UDP 192.0.2.1:5070",
                        "the call is recorded as refused with 404");
        alice.call("bob", "n1");
        assertThat(why("n1", "call-alice"))
                .contains("the registrar has of bob@sipring.test so many contacts: 0")
                .endsWith(
                        "answered 480 Temporarily Unavailable to UDP 192.0.2.1:5070",
                        "the call is recorded as refused with 480");
    }

    @Test
    void aCallThatIsRefused() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        answers(bob, 486);
        assertThat(why("n1", "call-alice"))
                .endsWith(
                        "heard 486 Reason from UDP 192.0.2.2:5070",
                        "nobody is left to ask; the best of all answers is 486, where 0 is none and 430 a phone that"
                                + " cannot be reached",
                        "answered 486 Reason to UDP 192.0.2.1:5070",
                        "the call is recorded as refused with 486");
    }

    @Test
    void aCallThatIsCancelled() {
        world.register(bob, "n1");
        SipMessage invite = alice.call("bob", "n1");
        answers(bob, 180);
        alice.send(world.node("n1"), alice.cancel(invite));
        world.settle();
        bob.answer(bob.heard.get(0), 487);
        world.settle();
        assertThat(why("n1", "call-alice"))
                .contains("the caller cancelled", "told to stop: UDP 192.0.2.2:5070")
                .endsWith("answered 487 Reason to UDP 192.0.2.1:5070", "the call is recorded as refused with 487");
    }

    @Test
    void aPhoneThatIsSilent() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        world.pass(Duration.ofSeconds(40));
        assertThat(why("n1", "call-alice"))
                .contains("nothing came in time from UDP 192.0.2.2:5070")
                .endsWith(
                        "answered 408 Request Timeout to UDP 192.0.2.1:5070",
                        "the call is recorded as refused with 408");
    }

    @Test
    void aDialogWhoseNodeIsDeadIsTakenOverByAnother() {
        world.register(bob, "n2");
        alice.call("bob", "n1");
        answers(bob, 200);
        SipMessage ok = alice.last();
        world.kill("n1");
        world.kill("n2");
        world.show();
        alice.send(world.node("n3"), alice.within(ok, "BYE", 2));
        world.settle();
        answers(bob, 200);
        assertThat(why("n3", "call-alice"))
                .containsExactly(
                        "BYE for sip:bob@192.0.2.2:5070 came from UDP 192.0.2.1:5070, From sip:alice@sipring.test",
                        "its Route leads to the phone of bob@sipring.test at n2",
                        "none of the dialog's ways leads to the phone: looks for what it registered since",
                        "sent to sip:bob@192.0.2.2:5070 straight, since its node is gone: UDP 192.0.2.2:5070",
                        "heard 200 Reason from UDP 192.0.2.2:5070",
                        "answered 200 Reason to UDP 192.0.2.1:5070",
                        "the BYE is recorded, apart from the call: the node that followed the call may be gone");
    }
}
