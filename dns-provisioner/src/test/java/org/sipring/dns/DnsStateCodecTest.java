package org.sipring.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.dns.plan.Views;

/** A state travels whole, and rubbish is refused. */
class DnsStateCodecTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final DnsStateCodec codec = new DnsStateCodec();

    @Test
    void aStateTravelsWhole() {
        DnsState state = new DnsState(
                Views.id(1),
                Optional.of(Views.id(2)),
                3,
                99,
                Optional.of(NOON),
                "stands by",
                true,
                List.of(new Alarm(Alarm.Kind.FENCE_LOST, NOON, "look")));
        assertThat(codec.decode(codec.encode(state))).isEqualTo(state);
        DnsState unknown = DnsState.unknown(Views.id(1), "starts");
        assertThat(codec.decode(codec.encode(unknown))).isEqualTo(unknown);
    }

    @Test
    void everyCutAndOtherFormatsAreRefused() {
        byte[] bytes = codec.encode(DnsState.unknown(Views.id(1), "starts"));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> codec.decode(cut));
        }
        bytes[0] = 2;
        assertThatIllegalArgumentException().isThrownBy(() -> codec.decode(bytes));
    }
}
