package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.accounts.CallForwarding;
import org.sipring.accounts.CallRules;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.foreign.Peers;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Callers whom Bob does not want, and accounts that are disabled. */
final class BlockedCallersTest {
    private static final String NOBODY = "<sip:anonymous@anonymous.invalid>;tag=x";
    private static final Trunk CARRIER = new Trunk(
            "carrier",
            Peers.of(List.of("198.51.100.1")),
            Optional.empty(),
            Set.of(Transport.UDP),
            SipUri.parse("sip:198.51.100.1:5070").orElseThrow(),
            Pattern.compile("[+][0-9]+"),
            Set.of());

    private final World world = new World(
            EdgeNames.Style.NAME,
            1,
            new ForeignPolicy(Peers.NOBODY, Peers.of(List.of("example.com")), List.of(CARRIER)));
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");
    private final Phone carrier = world.udp("carrier", "198.51.100.1");
    private final Phone stranger = world.udp("stranger", "203.0.113.66");

    @BeforeEach
    void register() {
        world.register(bob, "n1");
    }

    private void blocks(String... callers) {
        world.rules(bob, new CallRules(CallForwarding.NONE, false, List.of(callers)));
    }

    private int answer(Phone from, SipMessage request) {
        from.send(world.node("n1"), request);
        world.settle();
        return from.last().status();
    }

    private SipMessage from(Phone phone, String from, String... headers) {
        var edit = phone.request("INVITE", "sip:bob@sipring.test").set("From", from);
        for (int i = 0; i < headers.length; i += 2) {
            edit.add(headers[i], headers[i + 1]);
        }
        return edit.build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@sipring.test", "*@sipring.test"})
    void whoIsBlockedIsDeclinedAndNoPhoneRings(String blocked) {
        blocks(blocked);
        assertThat(answer(alice, alice.invite("bob"))).isEqualTo(603);
        assertThat(bob.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESSAGE", "SUBSCRIBE", "OPTIONS"})
    void whoIsBlockedReachesThePhoneByNoOtherMethodEither(String method) {
        blocks("alice@sipring.test");
        SipMessage request = alice.request(method, "sip:bob@sipring.test")
                .add("Proxy-Authorization", "Digest realm=sipring.test")
                .build();
        assertThat(answer(alice, request)).isEqualTo(603);
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void othersRing() {
        blocks("alice@example.com", "*@example.net", CallRules.ANONYMOUS);
        assertThat(answer(alice, alice.invite("bob"))).isEqualTo(100);
        assertThat(bob.requests()).containsExactly("INVITE");
    }

    /** Its account counts, whichever of its addresses it calls by. */
    @Test
    void whoIsBlockedDoesNotGetThroughByAnotherOfItsAddresses() {
        blocks("alice@sipring.test");
        world.node("n1").callers =
                request -> new Verdict.Admitted("alice@sipring.test", Optional.of("+4930123@sipring.test"));
        assertThat(answer(alice, alice.invite("bob"))).isEqualTo(603);
        blocks("+4930123@sipring.test");
        assertThat(answer(alice, alice.invite("bob").edit().set("Call-ID", "2").build()))
                .isEqualTo(603);
    }

    /** RFC 3325: what From says counts only where nobody knows better. */
    @Test
    void whoProvedWhoItIsIsNotJudgedByFrom() {
        blocks("boss@example.org");
        world.node("n1").callers =
                request -> new Verdict.Admitted("alice@sipring.test", Optional.of("alice@sipring.test"));
        SipMessage forwarded = alice.invite("bob")
                .edit()
                .set("From", "<sip:boss@example.org>;tag=x")
                .build();
        assertThat(answer(alice, forwarded)).isEqualTo(100);
    }

    @Test
    void aStrangerIsJudgedByFromAndLeavesNothingBehind() {
        blocks("*@example.com");
        SipMessage call = from(stranger, "<sip:x@EXAMPLE.com>;tag=x");
        stranger.send(world.node("n1"), call);
        world.settle();
        assertThat(stranger.statuses()).containsExactly(603);
        assertThat(bob.heard).isEmpty();
        assertThat(world.node("n1").transactions()).isZero();
    }

    /** RFC 3325 section 5, RFC 3966. */
    @ParameterizedTest
    @CsvSource({
        "+31201@carrier.example, <sip:+31201@carrier.example>, 603",
        "+31201@sipring.test, <tel:+31-(20)-1;ext=5>, 603",
        "+442012@carrier.example, <sip:+31201@carrier.example>, 100"
    })
    void theCallerOfATrunkIsWhoItAsserts(String blocked, String asserted, int status) {
        blocks(blocked);
        SipMessage call = from(carrier, "<sip:+442012@carrier.example>;tag=c", "P-Asserted-Identity", asserted);
        assertThat(answer(carrier, call)).isEqualTo(status);
    }

    /** RFC 5079 section 4. */
    @ParameterizedTest
    @CsvSource({
        "false, ''", // Its From says nothing, and nobody of the trust domain knows more.
        "false, none",
        "true, ''",
        "true, id",
    })
    void whoDoesNotSayWhoCallsIsAnsweredThatAnonymityIsDisallowed(boolean proved, String privacy) {
        blocks(CallRules.ANONYMOUS);
        SipMessage call = from(proved ? alice : carrier, NOBODY, "Privacy", privacy);
        if (proved) {
            world.node("n1").callers =
                    request -> new Verdict.Admitted("alice@sipring.test", Optional.of("alice@sipring.test"));
            call = call.edit()
                    .add("Proxy-Authorization", "Digest realm=sipring.test")
                    .build();
        }
        assertThat(answer(proved ? alice : carrier, call)).isEqualTo(433);
        assertThat(bob.heard).isEmpty();
    }

    /** RFC 3323 section 4.2. */
    @Test
    void whoIsShownToTheCalleeIsNotAnonymous() {
        blocks(CallRules.ANONYMOUS);
        world.node("n1").callers =
                request -> new Verdict.Admitted("alice@sipring.test", Optional.of("alice@sipring.test"));
        SipMessage hidden = alice.invite("bob").edit().set("From", NOBODY).build();
        assertThat(answer(alice, hidden.edit().add("Privacy", "none").build())).isEqualTo(100);
        SipMessage named = alice.invite("bob").edit().set("Call-ID", "2").build();
        assertThat(answer(alice, named.edit().add("Privacy", "id").build())).isEqualTo(100);
    }

    @Test
    void aStrangerWhoHidesAnIdentityThatNobodyAssertsIsAnonymous() {
        blocks(CallRules.ANONYMOUS);
        assertThat(answer(stranger, from(stranger, "<sip:x@example.com>;tag=x", "Privacy", "id")))
                .isEqualTo(433);
    }

    @Test
    void nobodyReachesADisabledAccount() {
        world.disable(bob);
        assertThat(answer(alice, alice.invite("bob"))).isEqualTo(480);
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void aCallGoesOnWhoseAccountIsDisabledMeanwhile() {
        alice.send(world.node("n1"), alice.invite("bob"));
        world.settle();
        bob.answer(bob.last(), 200);
        world.settle();
        world.disable(bob);
        alice.send(world.node("n1"), alice.within(alice.last(), "BYE", 2));
        world.settle();
        assertThat(bob.last().method()).isEqualTo("BYE");
    }
}
