package org.sipring.overlay.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AcceptLimitTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final AcceptLimit limit =
            new AcceptLimit(new TlsLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 3));

    @Test
    void anAddressHasSoManyPlacesForConnectionsThatProvedNothing() {
        assertThat(limit.enter(HERE)).isTrue();
        assertThat(limit.enter(HERE)).isTrue();
        assertThat(limit.enter(HERE)).isFalse();
    }

    @Test
    void whoProvedItselfMakesRoomUpToTheWholeNumber() {
        assertThat(limit.enter(HERE)).isTrue();
        limit.proved(HERE);
        assertThat(limit.enter(HERE)).isTrue();
        limit.proved(HERE);
        assertThat(limit.enter(HERE)).isTrue();
        limit.proved(HERE);
        assertThat(limit.enter(HERE)).isFalse();
    }

    @Test
    void aClosedConnectionGivesItsPlaceBack() {
        for (int i = 0; i < 10; i++) {
            assertThat(limit.enter(HERE)).isTrue();
            limit.leave(HERE, false);
        }
        assertThat(limit.enter(HERE)).isTrue();
        limit.proved(HERE);
        limit.leave(HERE, true);
        assertThat(limit.enter(HERE)).isTrue();
        assertThat(limit.enter(HERE)).isTrue();
    }

    @Test
    void addressesDoNotShareTheirPlaces() throws Exception {
        limit.enter(HERE);
        limit.enter(HERE);
        assertThat(limit.enter(InetAddress.getByName("127.0.0.9"))).isTrue();
    }
}
