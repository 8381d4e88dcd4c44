package org.sipring.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sipring.proxy.keys.Key;

/** Known routes: each says what it said to its own dialog, as long as its key is in use. */
final class KnownRoutesTest {
    private static final Bond CALL = new Bond("call-1@192.0.2.7", "a");
    private static final Bond BACK = new Bond("call-1@192.0.2.7", "b");
    private static final Party SIDE = Party.abroad("example.com");
    private static final String URI = "sip:token@n1.edge.sipring.test;lr";

    private final TestKeys keys = new TestKeys();
    private final KnownRoutes known = new KnownRoutes(keys);

    private KnownRoute route(String uri) {
        return known.add(new KnownRoute(uri, CALL, SIDE, keys.newest()));
    }

    @Test
    void aRouteIsKnownByItsTextToRequestsOfEitherSide() {
        KnownRoute route = route(URI);
        assertThat(known.find(URI, List.of(CALL))).contains(route);
        assertThat(known.find(URI, List.of(BACK, CALL))).contains(route);
        assertThat(known.find(URI + ";sent", List.of(CALL))).isEmpty();
        assertThat(known.find("sip:Token@n1.edge.sipring.test;lr", List.of(CALL)))
                .isEmpty();
    }

    @Test
    void aRouteIsKnownToItsOwnDialogOnly() {
        route(URI);
        assertThat(known.find(URI, List.of(BACK))).isEmpty();
        assertThat(known.find(URI, List.of(new Bond("call-2@192.0.2.7", CALL.tag()))))
                .isEmpty();
    }

    @Test
    void aRouteIsForgottenWithItsKey() {
        KnownRoute route = route(URI);
        keys.add(2);
        assertThat(known.find(URI, List.of(CALL))).contains(route);
        keys.all.remove(1);
        assertThat(known.find(URI, List.of(CALL))).isEmpty();
    }

    @Test
    void aRouteIsForgottenWhenAnotherKeyHasTheNameOfItsOwn() {
        route(URI);
        byte[] other = new byte[32];
        keys.all.put(1, new Key(1, 0, other));
        assertThat(known.find(URI, List.of(CALL))).isEmpty();
    }

    @Test
    void theyAreOnlySoMany() {
        int most = 100_000;
        IntStream.range(0, most).forEach(call -> route("sip:" + call + "@n1.edge.sipring.test;lr"));
        long found = IntStream.range(0, most)
                .filter(call -> known.find("sip:" + call + "@n1.edge.sipring.test;lr", List.of(CALL))
                        .isPresent())
                .count();
        assertThat(found).isBetween(4_000L, 8_192L);
    }

    @Test
    void whatAStrangerMadeLongIsNotKept() {
        String padded = URI + ";a=" + "x".repeat(1_000);
        route(padded);
        assertThat(known.find(padded, List.of(CALL))).isEmpty();

        Bond endless = new Bond("x".repeat(1_000), "a");
        known.add(new KnownRoute(URI, endless, SIDE, keys.newest()));
        assertThat(known.find(URI, List.of(endless))).isEmpty();
    }
}
