package org.sipring.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.fuzz.MessageTarget;

/** Whatever arrives, nothing throws, nothing hangs, and what is accepted can be read. */
@Timeout(20)
class MutationTest {
    private static final byte[] SPICE =
            "\r\n\r\n \t:;,<>\"\\@?=&%/*[]()-0189zSIP\0\377".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] MODEL = Messages.bytes(Messages.invite(
                    """
            Route: <sip:p1;lr>, "P, 2" <sip:p2;lr>
            Record-Route: <sip:p0;lr>
            Contact: "A" <sip:a@192.0.2.1:5060;transport=tcp>;q=0.5;expires=60, <sip:b@h>
            Expires: 120
            Authorization: Digest username="a", realm="r", nonce="n", uri="sip:h", response="x"
            Content-Length: 4
            """)
            + "body");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void readsOrRefusesMutatedMessages(long seed) {
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            accepted += read(mutated(random)) ? 1 : 0;
        }
        assertThat(accepted).as("accepted of seed %d", seed).isBetween(500, 19_500);
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = MODEL.clone();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(1 + random.nextInt(6), bytes.length - at);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = SPICE[random.nextInt(SPICE.length)];
                case 1 -> System.arraycopy(MODEL, random.nextInt(MODEL.length - length), bytes, at, length);
                default -> bytes[at] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    private static boolean read(byte[] bytes) {
        MessageTarget.fuzzerTestOneInput(bytes);
        return SipMessage.parse(bytes) instanceof ParseResult.Parsed;
    }
}
