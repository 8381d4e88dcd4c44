package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.records.CallRecord;
import org.sipring.proxy.records.CallRecord.Ending;
import org.sipring.proxy.records.CallRecord.State;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** No caller ends the record of its call and talks on. Each side knows the tokens and tags of both. */
final class CallRecordsFraudTest {
    private final World world =
            new World(EdgeNames.Style.NAME, 3, Others.policy(List.of("example.com"), List.of("example.com")));
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");
    private final Phone carol = world.udp("carol", "198.51.100.1");
    /** Another computer of the caller's. */
    private final Phone accomplice = world.udp("alice", "203.0.113.9");

    @BeforeEach
    void register() {
        world.register(alice, "n1");
        world.register(bob, "n2");
        world.others.publish("_sip._udp.example.com", carol.address);
    }

    private SipMessage talk() {
        send(alice, "n1", alice.invite("bob"));
        answer(bob, 200);
        return alice.last();
    }

    private SipMessage talkAbroad() {
        MessageBuilder invite = alice.request("INVITE", "sip:carol@example.com")
                .add("Proxy-Authorization", "Digest realm=sipring.test");
        send(alice, "n1", invite.build());
        answer(carol, 200);
        return alice.last();
    }

    private void send(Phone from, String node, SipMessage message) {
        from.send(world.node(node), message);
        world.settle();
    }

    private void answer(Phone phone, int status, String... header) {
        phone.answer(phone.last(), status, header);
        world.settle();
    }

    private List<CallRecord> finished() {
        return world.nodes.values().stream()
                .flatMap(node -> node.records.stream())
                .filter(record -> record.state() != State.ANSWERED)
                .toList();
    }

    /** Without what nodes add that do not know whether the call's own node hears of the end. */
    private List<CallRecord> over() {
        return finished().stream()
                .filter(record -> record.state() == State.OVER)
                .toList();
    }

    private static SipMessage swapped(SipMessage request) {
        return request.edit()
                .set("From", request.header("To").orElseThrow())
                .set("To", request.header("From").orElseThrow())
                .build();
    }

    /** By the caller's own token, and before it the other's where {@code both}. */
    private static SipMessage toItself(SipMessage request, boolean both) {
        List<String> routes = request.headers("Route");
        MessageBuilder edit = request.edit().remove("Route");
        if (both) {
            edit.add("Route", routes.get(1));
        }
        return edit.add("Route", routes.get(0)).build();
    }

    @Test
    void byNoByeWithSwappedTags() {
        SipMessage ok = talk();
        send(alice, "n1", swapped(alice.within(ok, "BYE", 2)));
        assertThat(bob.last().method()).isEqualTo("BYE");
        answer(bob, 481);
        assertThat(finished()).isEmpty();
        send(alice, "n1", alice.within(ok, "BYE", 3));
        answer(bob, 200);
        assertThat(finished()).extracting(one -> one.outcome().ending()).containsExactly(Ending.CALLER);
    }

    @ParameterizedTest
    @CsvSource({
        "n1, false, false", "n1, false, true", "n1, true, false", "n1, true, true",
        "n2, false, false", "n2, false, true", "n2, true, false", "n2, true, true"
    })
    void byNoByeToItsOwnPhone(String node, boolean both, boolean swapped) {
        SipMessage bye = toItself(alice.within(talk(), "BYE", 2), both);
        send(alice, node, swapped ? swapped(bye) : bye);
        assertThat(alice.last().method()).isEqualTo("BYE");
        answer(alice, 200);
        assertThat(finished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2", "n3"})
    void byNoByeToItsOwnPhoneFromElsewhere(String node) {
        SipMessage bye = alice.within(talk(), "BYE", 2);
        send(accomplice, node, swapped(toItself(bye, true)));
        assertThat(alice.last().method()).isEqualTo("BYE");
        answer(alice, 200);
        assertThat(finished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void byNoByeInTheNameOfAnotherDomain(String node) {
        SipMessage bye = swapped(toItself(alice.within(talkAbroad(), "BYE", 2), true));
        send(accomplice, node, bye);
        assertThat(alice.last().method()).isEqualTo("BYE");
        answer(alice, 200);
        assertThat(finished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void butAnotherDomainEndsIt(String node) {
        talkAbroad();
        send(carol, node, carol.back(carol.last(), "BYE", 1));
        answer(alice, 200);
        assertThat(over()).extracting(one -> one.outcome().ending()).containsExactly(Ending.CALLEE);
    }

    @Test
    void andSoDoesACallWithAnotherDomainWhoseCallerHangsUp() {
        send(alice, "n1", alice.within(talkAbroad(), "BYE", 2));
        answer(carol, 200);
        assertThat(finished()).extracting(one -> one.outcome().ending()).containsExactly(Ending.CALLER);
    }

    @Test
    void andACalleeThatHasMovedAndRegistered() {
        talk();
        Phone moved = world.udp("bob", "192.0.2.77");
        world.register(moved, "n3");
        send(moved, "n3", moved.back(bob.last(), "BYE", 1));
        answer(alice, 200);
        assertThat(over()).extracting(one -> one.outcome().ending()).containsExactly(Ending.CALLEE);
    }

    @Test
    void byNoByeToItsOwnGruu() {
        SipMessage bye = alice.within(talk(), "BYE", 2);
        send(alice, "n1", bye.edit().requestUri(alice.gruu()).build());
        assertThat(alice.last().method()).isEqualTo("BYE");
        answer(alice, 200);
        assertThat(finished()).isEmpty();
    }

    @Test
    void byNoByeToItsOwnPhoneWhenTheNodeOfTheCallIsGone() {
        SipMessage bye = toItself(alice.within(talk(), "BYE", 2), false);
        world.kill("n1");
        world.show();
        world.register(alice, "n3");
        send(alice, "n3", bye);
        assertThat(alice.last().method()).isEqualTo("BYE");
        answer(alice, 200);
        assertThat(finished()).isEmpty();
    }

    // A caller can make one that the other side drops, or that leads to another phone of the callee's.
    @ParameterizedTest
    @ValueSource(ints = {408, 430, 480, 481})
    void byNoByeThatTheCalleeDoesNotConfirm(int status) {
        send(alice, "n1", alice.within(talkAbroad(), "BYE", 2));
        answer(carol, status);
        world.pass(Duration.ofMinutes(10));
        assertThat(finished()).isEmpty();
        send(carol, "n1", carol.back(carol.heard.get(0), "BYE", 1));
        answer(alice, 200);
        assertThat(finished()).singleElement().satisfies(record -> {
            assertThat(record.outcome().ending()).isEqualTo(Ending.CALLEE);
            assertThat(record.times().end().orElseThrow())
                    .isAfter(record.times().answer().orElseThrow().plusSeconds(600));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void byNoByeThatIsNeverAnswered(boolean abroad) {
        SipMessage bye = alice.within(abroad ? talkAbroad() : talk(), "BYE", 2);
        Instant hungUp = world.time.ticker().now();
        send(alice, "n1", bye);
        world.pass(Duration.ofMinutes(119));
        assertThat(finished()).isEmpty();
        world.pass(Duration.ofMinutes(2));
        assertThat(finished()).singleElement().satisfies(record -> {
            assertThat(record.outcome().ending()).isEqualTo(Ending.UNCONFIRMED);
            assertThat(Duration.between(hungUp, record.times().end().orElseThrow()))
                    .isBetween(Duration.ZERO, Duration.ofMillis(20));
        });
    }

    @Test
    void byNoByeAfterWhichTheCallIsSeenToGoOn() {
        SipMessage ok = talk();
        send(alice, "n1", alice.within(ok, "BYE", 2));
        answer(bob, 481);
        send(alice, "n1", alice.within(ok, "UPDATE", 3));
        answer(bob, 200);
        world.pass(Duration.ofMinutes(121));
        assertThat(finished()).singleElement().satisfies(record -> {
            assertThat(record.outcome().ending()).isEqualTo(Ending.UNKNOWN);
            assertThat(record.times().end()).isEmpty();
        });
    }

    // All phones of this world have their user's tag; a token of one that only rang is good for the whole call.
    @Test
    void byNoByeToAnotherPhoneOfTheCallees() {
        Phone second = world.udp("bob", "192.0.2.66");
        world.register(second, "n3");
        send(alice, "n1", alice.invite("bob"));
        answer(second, 180);
        SipMessage rings = alice.last();
        answer(bob, 200);
        answer(second, 487);
        send(alice, "n1", alice.within(rings, "BYE", 2));
        assertThat(second.last().method()).isEqualTo("BYE");
        answer(second, 481);
        assertThat(finished()).isEmpty();
    }

    // RFC 3261 section 15.1.1: who sends a BYE has hung up, whatever becomes of it; and the caller pays.
    @Test
    void butACalleeEndsItAlsoWhereTheCallerIsGone() {
        talk();
        Instant hungUp = world.time.ticker().now();
        send(bob, "n2", bob.back(bob.last(), "BYE", 1));
        world.pass(Duration.ofSeconds(40));
        assertThat(finished()).singleElement().satisfies(record -> {
            assertThat(record.outcome().ending()).isEqualTo(Ending.CALLEE);
            assertThat(Duration.between(hungUp, record.times().end().orElseThrow()))
                    .isBetween(Duration.ZERO, Duration.ofMillis(20));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "90"})
    void byNoSessionThatItsOwnPhoneCutsShort(String seconds) {
        SipMessage update = toItself(alice.within(talk(), "UPDATE", 2), false);
        send(alice, "n1", update);
        answer(alice, 200, "Session-Expires", seconds);
        world.pass(Duration.ofMinutes(10));
        assertThat(finished()).isEmpty();
    }

    // RFC 4028 section 4.
    @Test
    void byNoSessionShorterThanThereIs() {
        send(alice, "n1", alice.within(talk(), "UPDATE", 2));
        answer(bob, 200, "Session-Expires", "89");
        world.pass(Duration.ofMinutes(10));
        assertThat(finished()).isEmpty();
    }
}
