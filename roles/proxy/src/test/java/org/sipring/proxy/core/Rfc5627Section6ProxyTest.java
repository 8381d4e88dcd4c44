package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** RFC 5627 section 6: a GRUU leads to one phone, in a new call and within a dialog. */
final class Rfc5627Section6ProxyTest {
    private final World world = World.of(3);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone desk = world.udp("bob", "192.0.2.2");
    private final Phone mobile = world.tcp("bob", "192.0.2.3");

    private void alice(SipMessage request) {
        alice.send(world.node("n1"), request);
        world.settle();
    }

    private static SipMessage calling(Phone caller, String uri) {
        return caller.request("INVITE", uri)
                .add("Proxy-Authorization", "Digest username=alice, realm=sipring.test")
                .build();
    }

    private SipMessage established(Phone callee) {
        alice(alice.invite("bob"));
        callee.answer(callee.last(), 200);
        world.settle();
        return alice.last();
    }

    @Test
    void section61ACallToAGruuReachesThatPhoneAtItsContact() {
        world.register(desk, "n1");
        world.register(mobile, "n2");
        alice(calling(alice, mobile.gruu()));
        assertThat(mobile.last().requestUri()).isEqualTo(mobile.contact());
        assertThat(desk.heard).isEmpty();
    }

    @Test
    void section61AllFlowsOfThePhoneAreTriedInTurn() {
        world.registerFlow(mobile, "n1", 1);
        world.registerFlow(mobile, "n2", 2);
        mobile.hangUpConnection(world.node("n2"));
        alice(calling(alice, mobile.gruu()));
        assertThat(mobile.requests()).containsExactly("INVITE");
    }

    @Test
    void section61APhoneThatIsNotRegisteredIs480AndAGruuThatIsNoneIs404() {
        world.register(desk, "n1");
        alice(calling(alice, mobile.gruu()));
        assertThat(alice.last().status()).isEqualTo(480);
        alice(calling(alice, "sip:tgruu.invented@sipring.test;gr")
                .edit()
                .set("CSeq", "2 INVITE")
                .build());
        assertThat(alice.last().status()).isEqualTo(404);
        assertThat(desk.heard).isEmpty();
    }

    @Test
    void section61WithinADialogAGruuIsReplacedByTheContact() {
        world.register(mobile.behindGruu(), "n2");
        SipMessage ok = established(mobile);
        assertThat(ok.contacts().orElseThrow().get(0).uri()).isEqualTo(mobile.gruu());
        alice(alice.within(ok, "ACK", 1));
        alice(alice.within(ok, "BYE", 2));
        assertThat(mobile.requests()).containsExactly("INVITE", "ACK", "BYE");
        assertThat(mobile.heard).extracting(SipMessage::requestUri).containsOnly(mobile.contact());
        assertThat(mobile.last().routes()).isEmpty();
    }

    @Test
    void section61TheCallersGruuLeadsBackToTheCaller() {
        world.register(alice.behindGruu(), "n3");
        world.register(desk, "n2");
        established(desk);
        desk.send(world.node("n2"), desk.back(desk.heard.get(0), "BYE", 1));
        world.settle();
        assertThat(alice.last().method()).isEqualTo("BYE");
        assertThat(alice.last().requestUri()).isEqualTo(alice.contact());
    }

    @Test
    void aDialogGoesOnOverAnotherFlowWhenTheEdgeOfItsOwnIsDead() {
        world.registerFlow(mobile.behindGruu(), "n2", 1);
        SipMessage ok = established(mobile);
        world.registerFlow(mobile, "n3", 2);
        world.kill("n2");
        world.show();
        alice(alice.within(ok, "ACK", 1));
        alice(alice.within(ok, "BYE", 2));
        assertThat(mobile.requests()).containsExactly("INVITE", "ACK", "BYE");
    }

    @Test
    void theCallersGruuLeadsToItsOtherFlowWhenTheEdgeOfTheDialogIsDead() {
        Phone caller = world.tcp("carol", "192.0.2.4").behindGruu();
        world.registerFlow(caller, "n1", 1);
        world.registerFlow(caller, "n2", 2);
        world.register(desk, "n3");
        caller.call("bob", "n1");
        desk.answer(desk.last(), 200);
        world.settle();
        world.kill("n1");
        world.show();
        desk.send(world.node("n3"), desk.back(desk.heard.get(0), "BYE", 1));
        world.settle();
        assertThat(caller.last().method()).isEqualTo("BYE");
    }

    @Test
    void aDialogGoesOnOverItsOwnFlowWhenThePhoneIsNoLongerRegistered() {
        world.register(mobile.behindGruu(), "n2");
        SipMessage ok = established(mobile);
        world.registered.put(mobile.aor(), List.of());
        alice(alice.within(ok, "ACK", 1));
        alice(alice.within(ok, "BYE", 2));
        assertThat(mobile.requests()).containsExactly("INVITE", "ACK", "BYE");
        assertThat(mobile.last().requestUri()).isEqualTo(mobile.gruu());
    }

    @Test
    void nothingIsReplacedWhileOthersHaveToRouteTheRequest() {
        world.register(mobile.behindGruu(), "n2");
        SipMessage ok = established(mobile);
        alice(alice.within(ok, "INFO", 2)
                .edit()
                .add("Route", "<sip:hop.example.com;lr>")
                .build());
        assertThat(mobile.last().requestUri()).isEqualTo(mobile.gruu());
        assertThat(mobile.last().routes()).hasToString("[<sip:hop.example.com;lr>]");
    }
}
