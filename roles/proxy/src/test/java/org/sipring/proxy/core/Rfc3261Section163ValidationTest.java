package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/** What a proxy of the platform does not do: RFC 3261 section 16.3, and never an open relay. */
final class Rfc3261Section163ValidationTest {
    private static final String BOB = "sip:bob@sipring.test";

    private final World world = World.of(2);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    private SipMessage answer(SipMessage request) {
        alice.send(world.node("n1"), request);
        world.settle();
        return alice.last();
    }

    private int status(MessageBuilder request) {
        return answer(request.build()).status();
    }

    private MessageBuilder message(String uri) {
        return alice.request("MESSAGE", uri).add("Proxy-Authorization", "Digest x=y");
    }

    @Test
    void aRequestWithoutHopsLeftIsAnswered483() {
        assertThat(status(message(BOB).maxForwards(0))).isEqualTo(483);
    }

    @Test
    void aRequestThatLeavesNoRoomForItsWayIsAnswered513() {
        assertThat(status(message(BOB).body(new byte[60_000]))).isEqualTo(513);
    }

    @Test
    void anUnknownSchemeIsAnswered416() {
        assertThat(status(message("tel:+31201234567"))).isEqualTo(416);
    }

    @Test
    void aRequiredExtensionIsAnswered420AndNamed() {
        SipMessage response =
                answer(message(BOB).add("Proxy-Require", "foo, bar").build());
        assertThat(response.status()).isEqualTo(420);
        assertThat(response.headers("Unsupported")).containsExactly("foo", "bar");
    }

    /** RFC 3261 section 16.3 step 4 and RFC 5393 section 4.2. */
    @Test
    void aLoopIsAnswered482() {
        world.register(bob, "n1");
        SipMessage first = message(BOB).build();
        alice.send(world.node("n1"), first);
        world.settle();
        SipMessage forwarded = bob.last();
        MessageBuilder again = first.edit().prepend("Via", forwarded.topVia().toString());
        assertThat(status(again.prepend("Via", "SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKagain")))
                .isEqualTo(482);
    }

    /** RFC 5393 section 4.2: a spiral, which comes back for somebody else, is no loop. */
    @Test
    void whatComesBackForSomebodyElseIsForwarded() {
        world.register(bob, "n1");
        SipMessage first = message("sip:carol@sipring.test").build();
        alice.send(world.node("n1"), first.edit().requestUri(BOB).build());
        world.settle();
        SipMessage forwarded = bob.last();
        Phone carol = world.udp("carol", "192.0.2.3");
        world.register(carol, "n1");
        alice.send(
                world.node("n1"),
                first.edit()
                        .prepend("Via", forwarded.topVia().toString())
                        .prepend("Via", "SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKagain")
                        .build());
        world.settle();
        assertThat(carol.requests()).containsExactly("MESSAGE");
    }

    @Test
    void otherDomainsAreNotRelayedTo() {
        assertThat(status(message("sip:carol@example.com"))).isEqualTo(403);
        assertThat(status(message("sip:bob@192.0.2.2:5070"))).isEqualTo(403);
    }

    /** RFC 3261 section 16.4. */
    @Test
    void aRouteToOthersIsNotFollowed() {
        assertThat(status(message(BOB).add("Route", "<sip:192.0.2.2:5070;lr>"))).isEqualTo(403);
        assertThat(status(message(BOB).add("Route", "<sip:forged@n1.edge.sipring.test;lr>")))
                .isEqualTo(403);
    }

    /** RFC 3261 section 16.4. */
    @Test
    void aRouteToThisProxyIsTakenOff() {
        world.register(bob, "n1");
        SipMessage request = message(BOB)
                .add("Route", "<sip:sipring.test;lr>, <sip:10.0.0.1;lr>, <sip:n1.edge.sipring.test;lr>")
                .build();
        alice.send(world.node("n1"), request);
        world.settle();
        assertThat(bob.last().method()).isEqualTo("MESSAGE");
        assertThat(bob.last().routes()).isEmpty();
    }

    /** RFC 3261 section 16.4. */
    @Test
    void aTokenIsNoTicketForNewCalls() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        String route = bob.last().headers("Record-Route").get(0);
        assertThat(status(alice.request("MESSAGE", "sip:bob@192.0.2.2:5070").add("Route", route)))
                .isEqualTo(403);
    }

    /** A Record-Route of a call that alice set up with bob. */
    private String tokenOfACall() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        bob.answer(bob.last(), 200);
        world.settle();
        bob.heard.clear();
        return alice.last().headers("Record-Route").get(0);
    }

    private MessageBuilder within(String method, String route) {
        return alice.request(method, bob.contact())
                .set("To", "<sip:bob@sipring.test>;tag=any")
                .add("Route", route);
    }

    /** RFC 3261 section 16.4. */
    @Test
    void aTokenLeadsToItsPhoneWithinItsCallOnly() {
        String route = tokenOfACall();
        assertThat(status(within("INFO", route).set("Call-ID", "another"))).isEqualTo(403);
        assertThat(bob.heard).isEmpty();
        alice.send(world.node("n1"), within("INFO", route).build());
        world.settle();
        assertThat(bob.requests()).containsExactly("INFO");
    }

    /** RFC 3261 section 12.2: the caller's tag is in From of its own requests, in To of the other side's. */
    @Test
    void aTokenLeadsToItsPhoneWithTheTagOfItsCallerOnly() {
        String route = tokenOfACall();
        assertThat(status(within("INFO", route).set("From", "<sip:alice@sipring.test>;tag=other")))
                .isEqualTo(403);
        assertThat(status(within("INFO", route).set("From", "<sip:alice@sipring.test>")))
                .isEqualTo(403);
        assertThat(bob.heard).isEmpty();
        SipMessage back = within("INFO", route)
                .set("From", "<sip:bob@sipring.test>;tag=any")
                .set("To", "<sip:alice@sipring.test>;tag=alice")
                .build();
        alice.send(world.node("n1"), back);
        world.settle();
        assertThat(bob.requests()).containsExactly("INFO");
    }

    @Test
    void noRegisterReachesAPhoneByAToken() {
        MessageBuilder register = within("REGISTER", tokenOfACall());
        assertThat(status(register)).isEqualTo(403);
        ProxyNode proxy = world.node("n1");
        List<String> heard = new ArrayList<>();
        InetSocketAddress n2 = new InetSocketAddress("10.0.0.2", 5066);
        Flow link = proxy.accept(Transport.NODE, n2, new NodeId("n2"), answer -> heard.add(startLine(answer)));
        proxy.arrives(link, register.build().bytes());
        world.settle();
        assertThat(heard).containsExactly("SIP/2.0 403 Route Is For Dialogs Only");
        assertThat(bob.heard).isEmpty();
    }

    private static String startLine(byte[] message) {
        return new String(message, StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
    }

    @Test
    void anAckOutsideDialogsGoesNowhere() {
        String route = tokenOfACall();
        alice.send(
                world.node("n1"),
                alice.request("ACK", bob.contact()).add("Route", route).build());
        world.settle();
        assertThat(bob.heard).isEmpty();
        alice.send(world.node("n1"), within("ACK", route).build());
        world.settle();
        assertThat(bob.requests()).containsExactly("ACK");
    }

    /** RFC 3261 section 16.3 step 6. */
    @Test
    void aCallerMustProveWhoItIs() {
        world.register(bob, "n1");
        assertThat(status(alice.request("INVITE", BOB))).isEqualTo(407);
        assertThat(bob.heard).isEmpty();
    }

    /** RFC 3261 section 16.5. */
    @Test
    void anUnknownUserIsAnswered404AndAnAbsentOne480() {
        assertThat(status(message("sip:nobody@sipring.test"))).isEqualTo(404);
        assertThat(status(message(BOB))).isEqualTo(480);
    }

    /** RFC 3261 section 11.2. */
    @Test
    void optionsToThePlatformIsAnswered200() {
        SipMessage response =
                answer(alice.request("OPTIONS", "sip:sipring.test").build());
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Allow")).isPresent();
        assertThat(status(alice.request("OPTIONS", "sip:10.0.0.1"))).isEqualTo(200);
        assertThat(status(alice.request("INFO", "sip:sipring.test"))).isEqualTo(404);
    }

    @Test
    void registerGoesToTheRegistrar() {
        assertThat(status(alice.request("REGISTER", "sip:sipring.test"))).isEqualTo(200);
        assertThat(world.node("n1").registers).isEqualTo(1);
        assertThat(status(alice.request("REGISTER", "sip:example.com"))).isEqualTo(403);
    }

    /** RFC 3261 section 16.4. */
    @Test
    void aStrictRoutersRequestIsPutRight() {
        world.register(bob, "n1");
        alice.call("bob", "n1");
        bob.answer(bob.last(), 200);
        world.settle();
        SipMessage bye = alice.within(alice.last(), "BYE", 2);
        SipMessage strict = bye.edit()
                .requestUri(bye.routes().get(0).uri())
                .remove("Route")
                .add("Route", bye.routes().get(1).toString())
                .add("Route", '<' + bob.contact() + '>')
                .build();
        alice.send(world.node("n1"), strict);
        world.settle();
        assertThat(bob.last().method()).isEqualTo("BYE");
        assertThat(bob.last().requestUri()).isEqualTo(bob.contact());
        assertThat(bob.last().routes()).isEmpty();
    }
}
