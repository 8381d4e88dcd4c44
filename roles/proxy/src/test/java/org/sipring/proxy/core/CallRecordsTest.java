package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.proxy.records.CallRecord;
import org.sipring.proxy.records.CallRecord.Ending;
import org.sipring.proxy.records.CallRecord.State;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;

/** Every attempt to call leaves one record, whatever becomes of it. */
final class CallRecordsTest {
    private final World world = World.of(3);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    private void answers(Phone phone, int status, String... header) {
        phone.answer(phone.last(), status, header);
        world.settle();
    }

    private List<CallRecord> all() {
        return world.nodes.values().stream()
                .flatMap(node -> node.records.stream())
                .toList();
    }

    private List<CallRecord> finished() {
        return all().stream().filter(record -> record.state() == State.OVER).toList();
    }

    private Instant now() {
        return world.time.ticker().now();
    }

    @ParameterizedTest
    @CsvSource({"n1, true", "n1, false", "n2, true", "n2, false"})
    void aCallIsRecordedWhenItIsAnsweredAndWhenEitherSideEndsIt(String there, boolean callerEnds) {
        world.register(alice, "n1");
        world.register(bob, there);
        Instant start = now();
        alice.call("bob", "n1");
        SipMessage invite = bob.last();
        world.pass(Duration.ofSeconds(5));
        Instant answer = now();
        answers(bob, 200);
        world.pass(Duration.ofSeconds(60));
        assertThat(all()).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(State.ANSWERED);
            assertThat(record.times().end()).isEmpty();
        });
        Instant end = now();
        if (callerEnds) {
            SipMessage ok = alice.last();
            alice.send(world.node("n1"), ended(alice.within(ok, "BYE", 2)));
        } else {
            bob.send(world.node(there), ended(bob.back(invite, "BYE", 1)));
        }
        world.settle();
        answers(callerEnds ? bob : alice, 200);

        assertThat(all()).hasSize(2);
        assertThat(finished()).singleElement().satisfies(record -> {
            assertThat(record.dialog()).isEqualTo(new CallRecord.Dialog("call-alice", "alice", "bob"));
            assertThat(record.caller()).isEqualTo(new CallRecord.Caller("alice@sipring.test", true));
            assertThat(record.callee()).isEqualTo("sip:bob@sipring.test");
            assertThat(record.outcome())
                    .isEqualTo(new CallRecord.Outcome(
                            200, Optional.of("Q.850;cause=16"), callerEnds ? Ending.CALLER : Ending.CALLEE));
            assertThat(record.nodes().get(record.nodes().size() - 1)).isEqualTo(new NodeId(there));
            assertThat(record.nodes().get(0)).isEqualTo(new NodeId("n1"));
            near(record.times().start(), start);
            near(record.times().answer(), answer);
            near(record.times().end(), end);
        });
    }

    private static SipMessage ended(SipMessage bye) {
        return bye.edit().add("Reason", "Q.850;cause=16").build();
    }

    private static void near(Optional<Instant> told, Instant real) {
        assertThat(Duration.between(real, told.orElseThrow())).isBetween(Duration.ZERO, Duration.ofMillis(20));
    }

    @ParameterizedTest
    @CsvSource({"n1, true", "n1, false", "n2, true", "n2, false"})
    void aCallBetweenTwoPhonesOfAnAccountHasTwoSidesAsWell(String there, boolean callerEnds) {
        Phone desk = world.udp("alice", "192.0.2.7");
        world.register(alice, "n1");
        world.register(desk, there);
        alice.call("alice", "n1");
        SipMessage invite = desk.last();
        // Its own call comes back to the caller's phone, RFC 3261 section 8.2.2.2.
        answers(alice, 482);
        SipMessage answer = Responses.dialogForming(invite, 200, "OK", "desk")
                .add("Contact", '<' + desk.contact() + '>')
                .build();
        desk.send(world.node(there), answer);
        world.settle();
        assertThat(all()).singleElement().satisfies(record -> assertThat(record.dialog())
                .isEqualTo(new CallRecord.Dialog("call-alice", "alice", "desk")));
        if (callerEnds) {
            alice.send(world.node("n1"), alice.within(alice.last(), "BYE", 2));
        } else {
            SipMessage bye = desk.back(invite, "BYE", 1);
            desk.send(
                    world.node(there),
                    bye.edit().set("From", answer.header("To").orElseThrow()).build());
        }
        world.settle();
        answers(callerEnds ? desk : alice, 200);
        assertThat(all()).hasSize(2);
        assertThat(finished()).singleElement().satisfies(record -> {
            assertThat(record.outcome().ending()).isEqualTo(callerEnds ? Ending.CALLER : Ending.CALLEE);
            assertThat(record.callee()).isEqualTo("sip:alice@sipring.test");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 480, 486, 603})
    void aCallThatIsRefusedLeavesOneRecord(int status) {
        if (status != 480 && status != 404) {
            world.register(bob, "n2");
        }
        String callee = status == 404 ? "nobody" : "bob";
        alice.call(callee, "n1");
        if (status != 480 && status != 404) {
            answers(bob, status);
        }
        assertThat(all()).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(State.OVER);
            assertThat(record.outcome().status()).isEqualTo(status);
            assertThat(record.outcome().ending()).isEqualTo(Ending.REFUSED);
            assertThat(record.times().answer()).isEmpty();
            assertThat(record.times().end()).isPresent();
        });
    }

    @Test
    void aCancelledCallLeavesOneRecord() {
        world.register(bob, "n2");
        SipMessage invite = alice.call("bob", "n1");
        answers(bob, 180);
        alice.send(world.node("n1"), alice.cancel(invite));
        world.settle();
        bob.answer(bob.heard.get(0), 487);
        world.settle();
        assertThat(all())
                .singleElement()
                .satisfies(record -> assertThat(record.outcome().status()).isEqualTo(487));
    }

    @Test
    void whoHasProvedNothingLeavesNoRecord() {
        alice.send(
                world.node("n1"),
                alice.request("INVITE", "sip:bob@sipring.test").build());
        world.settle();
        assertThat(alice.statuses()).containsExactly(407);
        assertThat(all()).isEmpty();
    }

    @Test
    void aForkedCallAndARepeatedAnswerLeaveOneRecord() {
        Phone other = world.udp("bob", "192.0.2.3");
        world.register(bob, "n1");
        world.register(other, "n2");
        alice.call("bob", "n1");
        SipMessage invite = other.last();
        answers(other, 200);
        other.answer(invite, 200);
        bob.answer(bob.heard.get(0), 487);
        world.settle();
        assertThat(all()).singleElement().satisfies(record -> assertThat(record.nodes())
                .containsExactly(new NodeId("n1"), new NodeId("n2")));
    }

    // RFC 3261 section 13.2.2.4: the caller may hang up on the first, and talk with the second.
    @Test
    void aCallThatTwoTakeLeavesARecordOfEach() {
        Phone other = world.udp("bob", "192.0.2.3");
        world.register(bob, "n1");
        world.register(other, "n2");
        alice.call("bob", "n1");
        SipMessage invite = other.last();
        answers(bob, 200);
        SipMessage first = alice.last();
        SipMessage second = Responses.dialogForming(invite, 200, "OK", "other")
                .add("Contact", '<' + other.contact() + '>')
                .build();
        other.send(world.node("n2"), second);
        other.send(world.node("n2"), second);
        world.settle();
        SipMessage taken = alice.last();
        assertThat(all()).extracting(record -> record.dialog().toTag()).containsExactly("bob", "other");
        alice.send(world.node("n1"), alice.within(first, "BYE", 2));
        world.settle();
        answers(bob, 200);
        assertThat(finished()).extracting(record -> record.dialog().toTag()).containsExactly("bob");
        world.pass(Duration.ofMinutes(5));
        alice.send(world.node("n1"), alice.within(taken, "BYE", 2));
        world.settle();
        answers(other, 200);
        assertThat(finished()).hasSize(2).last().satisfies(record -> {
            assertThat(record.dialog().toTag()).isEqualTo("other");
            assertThat(record.outcome().ending()).isEqualTo(Ending.CALLER);
        });
    }

    @Test
    void aByeThatAPhoneRefusesEndsNothing() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        answers(bob, 200);
        alice.send(world.node("n1"), alice.within(alice.last(), "BYE", 2));
        world.settle();
        answers(bob, 500);
        assertThat(finished()).isEmpty();
    }

    @Test
    void aByeWithOtherTagsEndsNothing() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        answers(bob, 200);
        SipMessage bye = alice.within(alice.last(), "BYE", 2);
        MessageBuilder other = bye.edit().set("To", "<sip:bob@sipring.test>;tag=other");
        alice.send(world.node("n1"), other.build());
        world.settle();
        answers(bob, 481);
        assertThat(finished()).isEmpty();
    }

    @Test
    void aCallOfWhichNothingIsHeardEndsUnknown() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        answers(bob, 200);
        world.pass(Duration.ofMinutes(119));
        assertThat(finished()).isEmpty();
        world.pass(Duration.ofMinutes(2));
        assertThat(finished()).singleElement().satisfies(record -> {
            assertThat(record.outcome().ending()).isEqualTo(Ending.UNKNOWN);
            assertThat(record.times().end()).isEmpty();
        });
    }

    @Test
    void aSessionThatNobodyRefreshesHasExpired() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        answers(bob, 200, "Session-Expires", "90;refresher=uac");
        SipMessage ok = alice.last();
        world.pass(Duration.ofSeconds(80));
        alice.send(world.node("n1"), alice.within(ok, "UPDATE", 2));
        world.settle();
        answers(bob, 200, "Session-Expires", "90;refresher=uac");
        world.pass(Duration.ofSeconds(100));
        assertThat(finished()).isEmpty();
        world.pass(Duration.ofSeconds(60));
        assertThat(finished())
                .singleElement()
                .satisfies(record -> assertThat(record.outcome().ending()).isEqualTo(Ending.SESSION_EXPIRED));
    }
}
