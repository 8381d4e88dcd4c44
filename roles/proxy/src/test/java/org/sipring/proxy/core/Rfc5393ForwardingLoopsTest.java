package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.CallRules;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** Forwards that lead round in a circle, or on without end: RFC 5393, RFC 3261 section 16.3 step 4. */
final class Rfc5393ForwardingLoopsTest extends CallRulesWorld {
    @Test
    void aCallBetweenTwoWhoForwardToEachOtherEndsAtOnce() {
        wishes(bob, always(CAROL));
        wishes(carol, always("sip:bob@sipring.test"));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 181, 482);
        assertThat(bob.heard).isEmpty();
        assertThat(carol.heard).isEmpty();
    }

    @Test
    void whoForwardsToAnAddressOfItsOwnEndsAtOnce() {
        world.alias("+4930123@sipring.test", bob);
        wishes(bob, always("tel:+4930123"));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 482);
    }

    @Test
    void twoWhoAreBusyAndForwardToEachOtherAreBusy() {
        wishes(bob, busy(CAROL));
        wishes(carol, busy("sip:bob@sipring.test"));
        calls();
        answers(bob, 486);
        answers(carol, 486);
        assertThat(alice.statuses()).containsExactly(100, 181, 486);
        assertThat(bob.requests()).containsExactly("INVITE", "ACK");
    }

    /** The other way round nobody has been asked. */
    @Test
    void twoWhoDoNotWantToBeDisturbedAndForwardToEachOtherAreBusy() {
        world.rules(bob, new CallRules(busy(CAROL), true, List.of()));
        world.rules(carol, new CallRules(busy("sip:bob@sipring.test"), true, List.of()));
        calls();
        assertThat(alice.statuses()).containsExactly(100, 181, 486);
    }

    @Test
    void theLastOfTwoWhoDoNotAnswerRingsOn() {
        wishes(bob, noAnswer(CAROL));
        wishes(carol, noAnswer("sip:bob@sipring.test"));
        calls();
        answers(bob, 180);
        world.pass(PATIENCE);
        answers(bob, 487);
        answers(carol, 180);
        world.pass(PATIENCE.multipliedBy(3));
        assertThat(carol.requests()).containsExactly("INVITE");
        answers(carol, 200);
        assertThat(alice.last().status()).isEqualTo(200);
    }

    @Test
    void aCallIsForwardedFiveTimesAtMost() {
        List<Phone> chain = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            chain.add(world.udp("user" + i, "192.0.2." + (100 + i)));
            world.register(chain.get(i), "n1");
        }
        wishes(bob, always("sip:user0@sipring.test"));
        for (int i = 0; i < 7; i++) {
            wishes(chain.get(i), always("sip:user" + (i + 1) + "@sipring.test"));
        }
        calls();
        assertThat(alice.statuses()).containsExactly(100, 181, 181, 181, 181, 181, 480);
        assertThat(chain).allSatisfy(phone -> assertThat(phone.heard).isEmpty());
    }

    private Phone neighbourToWhomBobForwards() {
        Phone other = world.udp("other", "203.0.113.1");
        world.others.publish("_sip._udp.example.com", other.address);
        wishes(bob, always("sip:x@example.com"));
        return other;
    }

    /** A neighbour sends the call back to whom it was forwarded from. */
    @Test
    void aCallThatComesBackFromTheOtherDomainIsALoop() {
        Phone other = neighbourToWhomBobForwards();
        send(
                other,
                other.request("INVITE", "sip:bob@sipring.test")
                        .set("From", "<sip:y@example.net>;tag=y")
                        // Does not come back.
                        .add("Route", "<sip:sipring.test;lr>")
                        .build());
        SipMessage left = other.last();
        assertThat(left.requestUri()).isEqualTo("sip:x@example.com;cause=302");
        send(other, forwardedBack(left, "sip:bob@sipring.test"));
        assertThat(other.last().status()).isEqualTo(482);
    }

    private static SipMessage forwardedBack(SipMessage left, String uri) {
        MessageBuilder edit = left.edit().requestUri(uri).set("Max-Forwards", "60");
        return edit.prepend("Via", "SIP/2.0/UDP 203.0.113.1:5070;branch=z9hG4bKback")
                .build();
    }

    /** RFC 3261 section 16.6 step 8: a spiral is none, it asks for somebody else. */
    @Test
    void aCallThatComesBackForSomebodyElseIsNoLoop() {
        Phone other = neighbourToWhomBobForwards();
        send(
                other,
                other.request("INVITE", "sip:bob@sipring.test")
                        .set("From", "<sip:y@example.net>;tag=y")
                        .build());
        send(other, forwardedBack(other.last(), CAROL));
        assertThat(carol.requests()).containsExactly("INVITE");
    }

    /** A user of ours is not believed from there; RFC 3261 section 22.3. */
    @Test
    void aCallOfAUserOfOursThatComesBackIsNotLetIn() {
        Phone other = neighbourToWhomBobForwards();
        calls();
        send(other, forwardedBack(other.last(), CAROL));
        assertThat(other.last().status()).isEqualTo(407);
        assertThat(carol.heard).isEmpty();
    }
}
