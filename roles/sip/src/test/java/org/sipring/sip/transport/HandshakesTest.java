package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many connections may be proving who they are. */
final class HandshakesTest {
    private final Handshakes handshakes = new Handshakes();

    private static InetAddress address(int host) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (host >> 8), (byte) host});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes all the places there are for one address. */
    private List<Handshakes.Place> fill(int host) {
        List<Handshakes.Place> places = new ArrayList<>();
        for (var place = handshakes.enter(address(host)); place.isPresent(); place = handshakes.enter(address(host))) {
            places.add(place.get());
        }
        return places;
    }

    @Test
    void oneAddressTakesNotThePlacesOfOthers() {
        assertThat(fill(1)).hasSize(Handshakes.OF_ONE_ADDRESS);
        assertThat(handshakes.enter(address(2))).isPresent();
    }

    @Test
    void allTogetherAreBounded() {
        int taken = 0;
        for (int host = 0; host < Handshakes.IN_ALL; host++) {
            taken += fill(host).size();
        }
        assertThat(taken).isEqualTo(Handshakes.IN_ALL);
    }

    @Test
    void aPlaceIsLeftOnce() {
        List<Handshakes.Place> places = fill(1);
        places.get(0).leave();
        places.get(0).leave();
        assertThat(fill(1)).hasSize(1);
        places.forEach(Handshakes.Place::leave);
        assertThat(fill(1)).hasSize(Handshakes.OF_ONE_ADDRESS - 1);
    }
}
