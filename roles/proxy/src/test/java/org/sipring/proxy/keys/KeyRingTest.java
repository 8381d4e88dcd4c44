package org.sipring.proxy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.api.Table;
import org.sipring.testkit.SimChance;

/** Shared keys, pure. */
class KeyRingTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private static Key key(int id, Duration age) {
        return new Key(id, NOW.minus(age).toEpochMilli(), new byte[32]);
    }

    private static List<Integer> ids(KeyRing ring) {
        return ring.keys().stream().map(Key::id).toList();
    }

    private static KeyRing any(SimChance chance) {
        List<Key> keys = new ArrayList<>();
        for (int i = chance.below(5); i > 0; i--) {
            int id = chance.below(10);
            if (keys.stream().noneMatch(key -> key.id() == id)) {
                keys.add(key(id, Duration.ofMinutes(id)));
            }
        }
        return new KeyRing(keys);
    }

    @Test
    void mergingIsCommutativeAssociativeAndIdempotent() {
        SimChance chance = new SimChance(7);
        for (int i = 0; i < 500; i++) {
            KeyRing a = any(chance);
            KeyRing b = any(chance);
            KeyRing c = any(chance);
            assertThat(ids(a.merge(b))).isEqualTo(ids(b.merge(a)));
            assertThat(ids(a.merge(b).merge(c))).isEqualTo(ids(a.merge(b.merge(c))));
            assertThat(ids(a.merge(a))).isEqualTo(ids(a));
            assertThat(ids(KeyRing.CODEC.decode(KeyRing.CODEC.encode(a)))).isEqualTo(ids(a));
        }
    }

    @Test
    void sealsWithTheNewestKeyThatEveryNodeHasHadTimeToFetch() {
        KeyRing ring = new KeyRing(
                List.of(key(1, Duration.ofHours(2)), key(2, Duration.ofHours(1)), key(3, Duration.ofSeconds(5))));
        assertThat(ring.sealing(NOW.minusSeconds(60)).orElseThrow().id()).isEqualTo(2);
        assertThat(new KeyRing(List.of(key(3, Duration.ofSeconds(5))))
                        .sealing(NOW.minusSeconds(60))
                        .orElseThrow()
                        .id())
                .isEqualTo(3);
    }

    @Test
    void isDueWhenTheNewestKeyIsOld() {
        KeyRing ring = new KeyRing(List.of(key(1, Duration.ofMinutes(59))));
        assertThat(ring.due(NOW, Duration.ofHours(1))).isFalse();
        assertThat(ring.due(NOW.plusSeconds(61), Duration.ofHours(1))).isTrue();
        assertThat(KeyRing.NONE.due(NOW, Duration.ofHours(1))).isTrue();
    }

    @Test
    void letsGoOfOldKeys() {
        KeyRing ring = new KeyRing(List.of(key(1, Duration.ofHours(3)), key(2, Duration.ofHours(1))));
        assertThat(ids(ring.with(key(3, Duration.ZERO), NOW.minus(Duration.ofHours(2)))))
                .containsExactly(2, 3);
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        assertThatThrownBy(() -> KeyRing.CODEC.decode(new byte[] {9})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyRing.CODEC.decode(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void restoringKeepsWhatIsThereAndForgetsTheOldest() {
        KeyRing known = new KeyRing(List.of(key(1, Duration.ofHours(5)), key(2, Duration.ofHours(1))));
        KeyRing fresh = new KeyRing(List.of(key(3, Duration.ZERO)));
        byte[] proposal = Restoration.proposal(known, KeySettings.NONCES);
        Table.Moment moment = new Table.Moment(NOW, Stamp.next(NOW.toEpochMilli(), 0, new NodeId("n1")));

        Table.Change<KeyRing> change = new Restoration().apply(fresh, proposal, moment);

        assertThat(ids(KeyRing.CODEC.decode(change.answer()))).containsExactly(2, 3);
        assertThat(change.expires()).isEqualTo(NOW.plus(Duration.ofHours(4)));
    }
}
