package org.sipring.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whatever comes in, the answer is a message or silence, never an exception, and never an update. */
class HostileMessagesTest {
    private final Asking server = new Asking();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomBytesAreSurvived(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            assertSurvived(noise, seed, round);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mutatedMessagesAreSurvived(long seed) {
        List<byte[]> good = samples();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = good.get(random.nextInt(good.size())).clone();
            for (int times = random.nextInt(4); times >= 0; times--) {
                bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(2 * bytes.length));
            }
            assertSurvived(bytes, seed, round);
        }
    }

    private static List<byte[]> samples() {
        Message edns = Asking.query("_sip._tcp.sipring.test.", Type.SRV);
        edns.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
        return List.of(
                Asking.query("sipring.test.", Type.SOA).toWire(),
                edns.toWire(),
                Asking.update(Asking.address("n9.sipring.test.")).toWire(),
                Asking.signed(Asking.query("sipring.test.", Type.AXFR)));
    }

    private void assertSurvived(byte[] bytes, long seed, int round) {
        assertThatCode(() -> {
                    Reaction reaction = server.react(bytes, round % 2 == 0);
                    assertThat(reaction).isNotInstanceOf(Reaction.Change.class);
                    if (reaction instanceof Reaction.Reply reply) {
                        for (byte[] message : reply.messages()) {
                            new Message(message);
                        }
                    }
                })
                .as("seed %d, round %d: %s", seed, round, Arrays.toString(bytes))
                .doesNotThrowAnyException();
    }
}
