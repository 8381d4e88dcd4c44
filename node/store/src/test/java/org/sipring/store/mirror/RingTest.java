package org.sipring.store.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sipring.store.command.Key;

/** What is remembered of changes. */
final class RingTest {
    private final Ring ring = new Ring(3, 7);

    private static Key key(String name) {
        return new Key("accounts", name);
    }

    private void change(String... names) {
        for (String name : names) {
            ring.add(key(name));
        }
    }

    @Test
    void whoHasHeardAllHearsNothing() {
        change("a", "b");

        assertThat(ring.now()).isEqualTo(new Mark(7, 2));
        assertThat(ring.since(new Mark(7, 2)))
                .hasValueSatisfying(keys -> assertThat(keys).isEmpty());
    }

    @Test
    void changesAreToldInTheirOrder() {
        change("a", "b", "a");

        assertThat(ring.since(new Mark(7, 0)))
                .hasValueSatisfying(keys -> assertThat(keys).containsExactly(key("a"), key("b"), key("a")));
        assertThat(ring.since(new Mark(7, 1)))
                .hasValueSatisfying(keys -> assertThat(keys).containsExactly(key("b"), key("a")));
    }

    @Test
    void whatIsTooOldIsNotKnown() {
        change("a", "b", "c", "d");

        assertThat(ring.since(new Mark(7, 0))).isEmpty();
        assertThat(ring.since(new Mark(7, 1))).isPresent();
    }

    @Test
    void whatIsOfAnotherRunOrOfTheFutureIsNotKnown() {
        change("a");

        assertThat(ring.since(new Mark(8, 1))).isEmpty();
        assertThat(ring.since(new Mark(7, 2))).isEmpty();
        ring.renew(9);
        assertThat(ring.since(new Mark(7, 1))).isEmpty();
        assertThat(ring.since(new Mark(9, 0)))
                .hasValueSatisfying(keys -> assertThat(keys).isEmpty());
    }
}
