package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.sip.SipMessage;

/** RFC 3261 section 26.3.2.4: whoever has not proved who it is makes a proxy keep nothing. */
final class Rfc3261Section26FloodTest {
    private static final int FLOOD = 100_000;
    private static final int A_MILLISECOND = 10;

    private final World world = World.of(2);
    private final ProxyNode proxy = world.node("n1");
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");
    private final Phone stranger = world.udp("mallory", "192.0.2.66");

    /** Lets a stranger call, ten times a millisecond. */
    private void flood(int calls) {
        for (int i = 0; i < calls; i++) {
            stranger.send(
                    proxy, stranger.request("INVITE", "sip:bob@sipring.test").build());
            if (i % A_MILLISECOND == 0) {
                world.pass(World.DELAY);
            }
        }
    }

    @Test
    void aFloodOfCallsWithoutCredentialsKeepsNothingAndHindersNobody() {
        world.register(bob, "n2");
        flood(FLOOD / 2);
        alice.send(proxy, alice.invite("bob"));
        flood(FLOOD / 2);
        bob.answer(bob.last(), 200);
        world.settle();
        assertThat(alice.statuses()).containsExactly(100, 200);
        assertThat(stranger.statuses()).hasSize(FLOOD).containsOnly(407);
        assertThat(proxy.transactions()).as("the INVITE, here and on its way").isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "INVITE, sip:bob@sipring.test",
        "OPTIONS, sip:sipring.test",
        "INFO, sip:sipring.test",
        "REGISTER, sip:example.com",
        "INVITE, sip:bob@example.com",
        "INVITE, tel:+31201234567"
    })
    void whateverAStrangerAsksIsForgotten(String method, String uri) {
        stranger.send(proxy, stranger.request(method, uri).build());
        world.pass(World.DELAY);
        assertThat(proxy.transactions()).isZero();
        world.settle();
        assertThat(stranger.statuses()).hasSize(1);
    }

    @Test
    void theAckOfARefusalGoesNowhere() {
        world.register(bob, "n1");
        alice.send(proxy, alice.invite("bob"));
        world.settle();
        bob.answer(bob.last(), 200);
        world.settle();
        SipMessage ok = alice.last();
        SipMessage call = stranger.request("INVITE", bob.contact())
                .add("Route", ok.headers("Record-Route").get(0))
                .build();
        stranger.send(proxy, call);
        world.settle();
        assertThat(stranger.last().status()).isEqualTo(403);
        int heard = bob.heard.size();
        stranger.send(proxy, ack(call, stranger.last()));
        world.pass(Duration.ofSeconds(1));
        assertThat(bob.heard).hasSize(heard);
    }

    private static SipMessage ack(SipMessage invite, SipMessage refusal) {
        return SipMessage.request("ACK", invite.requestUri())
                .add("Via", invite.topVia().toString())
                .add("Route", invite.header("Route").orElseThrow())
                .add("From", invite.header("From").orElseThrow())
                .add("To", refusal.header("To").orElseThrow())
                .add("Call-ID", invite.callId())
                .add("CSeq", "1 ACK")
                .build();
    }
}
