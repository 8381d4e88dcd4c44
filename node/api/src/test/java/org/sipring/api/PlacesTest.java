package org.sipring.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many connections may be open at once. */
final class PlacesTest {
    private static final int IN_ALL = 10;
    private static final int OF_ONE_ADDRESS = 3;

    private final Places places = new Places(IN_ALL, OF_ONE_ADDRESS);

    private static InetAddress address(int host) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes all the places there are for one address. */
    private List<Places.Place> fill(int host) {
        List<Places.Place> taken = new ArrayList<>();
        for (var place = places.enter(address(host)); place.isPresent(); place = places.enter(address(host))) {
            taken.add(place.get());
        }
        return taken;
    }

    @Test
    void oneAddressTakesNotThePlacesOfOthers() {
        assertThat(fill(1)).hasSize(OF_ONE_ADDRESS);
        assertThat(places.enter(address(2))).isPresent();
    }

    @Test
    void allTogetherAreBounded() {
        int taken = 0;
        for (int host = 0; host < IN_ALL; host++) {
            taken += fill(host).size();
        }
        assertThat(taken).isEqualTo(IN_ALL);
    }

    @Test
    void aPlaceIsLeftOnce() {
        List<Places.Place> taken = fill(1);
        taken.get(0).leave();
        taken.get(0).leave();
        assertThat(fill(1)).hasSize(1);
        taken.forEach(Places.Place::leave);
        assertThat(fill(1)).hasSize(OF_ONE_ADDRESS - 1);
    }

    @Test
    void aNetworkOfSixtyFourBitsIsOneCustomer() throws UnknownHostException {
        for (int host = 1; host <= OF_ONE_ADDRESS; host++) {
            assertThat(places.enter(InetAddress.getByName("2001:db8::" + host))).isPresent();
        }
        assertThat(places.enter(InetAddress.getByName("2001:db8::ffff:1"))).isEmpty();
        assertThat(places.enter(InetAddress.getByName("2001:db8:0:1::1"))).isPresent();
    }
}
