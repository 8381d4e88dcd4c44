package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipMessage;

/** What two phones settle between them goes through two proxies as it is: RFC 3261 section 16.6. */
final class UntouchedTest {
    private final World world = World.of(2);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.tcp("bob", "192.0.2.2");

    UntouchedTest() {
        world.register(alice, "n1");
        world.register(bob, "n2");
    }

    private SipMessage through(SipMessage request) {
        alice.send(world.node("n1"), request);
        world.settle();
        return bob.last();
    }

    private SipMessage established() {
        through(alice.invite("bob"));
        bob.answer(bob.last(), 200);
        world.settle();
        return alice.last();
    }

    private static void assertKept(SipMessage sent, SipMessage heard, String... names) {
        for (String name : names) {
            assertThat(heard.headers(name)).as(name).isNotEmpty().isEqualTo(sent.headers(name));
        }
        assertThat(heard.body()).isEqualTo(sent.body());
    }

    /** RFC 3261 section 16.6: each node is a hop. */
    @Test
    void rfc3261Section166MaxForwardsCountsTheNodes() {
        assertThat(through(alice.invite("bob").edit().set("Max-Forwards", "12").build())
                        .maxForwards())
                .hasValue(10);
        alice.send(
                world.node("n1"),
                alice.invite("bob")
                        .edit()
                        .set("Call-ID", "short")
                        .set("Max-Forwards", "0")
                        .build());
        world.settle();
        assertThat(alice.last().status()).isEqualTo(483);
    }

    /** RFC 4028 section 8. */
    @Test
    void rfc4028Section8SessionTimersAreThePhonesMatter() {
        SipMessage invite = alice.invite("bob")
                .edit()
                .add("Supported", "timer")
                .add("Session-Expires", "90;refresher=uac")
                .add("Min-SE", "90")
                .body("v=0\r\n".getBytes(StandardCharsets.UTF_8))
                .build();
        assertKept(invite, through(invite), "Supported", "Session-Expires", "Min-SE");
        bob.answer(bob.last(), 200, "Session-Expires", "1800;refresher=uas", "Require", "timer");
        world.settle();
        assertThat(alice.last().headers("Session-Expires")).containsExactly("1800;refresher=uas");
        assertThat(alice.last().headers("Require")).containsExactly("timer");
        SipMessage refresh = alice.within(alice.last(), "UPDATE", 2)
                .edit()
                .add("x", "1800;refresher=uac")
                .build();
        assertKept(refresh, through(refresh), "Session-Expires");
    }

    /** RFC 4028 section 8. */
    @Test
    void rfc4028Section8ATooSmallIntervalIsForThePhoneToRefuse() {
        through(alice.invite("bob").edit().add("Session-Expires", "30").build());
        bob.answer(bob.last(), 422, "Min-SE", "120");
        world.settle();
        assertThat(alice.last().status()).isEqualTo(422);
        assertThat(alice.last().headers("Min-SE")).containsExactly("120");
    }

    /** RFC 3515 section 2.4. */
    @Test
    void rfc3515Section24ReferReachesThePhoneOfTheDialog() {
        SipMessage refer = alice.within(established(), "REFER", 2)
                .edit()
                .add("Refer-To", "<sip:carol@elsewhere.test?Replaces=1%40b%3Bto-tag%3D2%3Bfrom-tag%3D3>")
                .add("Referred-By", "<sip:alice@sipring.test>")
                .add("Refer-Sub", "false")
                .build();
        SipMessage heard = through(refer);
        assertThat(heard.method()).isEqualTo("REFER");
        assertKept(refer, heard, "Refer-To", "Referred-By", "Refer-Sub");
    }

    /** RFC 3891 section 3. */
    @Test
    void rfc3891Section3ReplacesIsForThePhone() {
        SipMessage invite = alice.invite("bob")
                .edit()
                .add("Require", "replaces")
                .add("Replaces", "98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff")
                .build();
        assertKept(invite, through(invite), "Require", "Replaces");
    }

    @Test
    void headersThatNobodyKnowsStayInTheirOrder() {
        SipMessage invite = alice.invite("bob")
                .edit()
                .add("X-One", "1")
                .add("X-Two", "2")
                .add("X-One", "3")
                .build();
        assertThat(through(invite).headers("X-One")).isEqualTo(List.of("1", "3"));
        assertKept(invite, bob.last(), "X-Two");
    }
}
