package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.testkit.SimChance;

/** Whatever arrives, a proxy goes on: messages of a real call, damaged at random. */
final class HostileInputTest {
    private static final int MESSAGES = 2_000;
    private static final String SPICE = "\r\n\t ;,:<>\"@=%\\\0\u00ff019azAZ";

    private final World world = World.of(2);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.udp("bob", "192.0.2.2");

    /** One of each kind: new requests, requests within a dialog, and responses. */
    private List<byte[]> corpus() {
        world.register(bob, "n2");
        ProxyNode proxy = world.node("n1");
        SipMessage invite = alice.invite("bob");
        alice.send(proxy, invite);
        world.settle();
        SipMessage forwarded = bob.last();
        bob.answer(forwarded, 200);
        world.settle();
        SipMessage ok = alice.last();
        List<SipMessage> messages = List.of(
                invite,
                alice.within(ok, "ACK", 1),
                alice.within(ok, "BYE", 2),
                alice.within(ok, "INVITE", 3),
                bob.back(forwarded, "INFO", 1),
                alice.request("REGISTER", "sip:sipring.test").build(),
                alice.request("OPTIONS", "sip:sipring.test").build(),
                alice.request("CANCEL", "sip:bob@sipring.test").build(),
                Responses.of(forwarded, 180, "Ringing", "x"),
                Responses.of(forwarded, 486, "Busy Here", "x"));
        List<byte[]> corpus = new ArrayList<>();
        messages.forEach(message -> corpus.add(message.bytes()));
        return corpus;
    }

    private static byte[] damaged(byte[] message, SimChance chance) {
        byte[] copy = message.clone();
        for (int left = 1 + chance.below(4); left > 0; left--) {
            copy[chance.below(copy.length)] = (byte) SPICE.charAt(chance.below(SPICE.length()));
        }
        int end = chance.percent(10) ? chance.below(copy.length) : copy.length;
        return Arrays.copyOf(copy, end);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedMessagesHarmNobody(long seed) {
        List<byte[]> corpus = corpus();
        SimChance chance = new SimChance(seed);
        ProxyNode proxy = world.node("n1");
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = damaged(corpus.get(chance.below(corpus.size())), chance);
            proxy.arrives((chance.percent(50) ? alice : bob).flowAt(proxy), message);
            assertThatCode(world::settle).as("seed %d, message %d", seed, i).doesNotThrowAnyException();
        }
        assertThatCode(() -> world.pass(Duration.ofMinutes(10)))
                .as("seed %d", seed)
                .doesNotThrowAnyException();
    }
}
