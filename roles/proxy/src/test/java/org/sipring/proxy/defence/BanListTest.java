package org.sipring.proxy.defence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.testkit.SimChance;

class BanListTest {
    private static Ban ban(long source, long until) {
        return new Ban(source, until, Ban.Reason.AUTHENTICATION);
    }

    private static BanList random(SimChance chance) {
        BanList list = BanList.NOBODY;
        for (int i = chance.below(20); i > 0; i--) {
            Ban.Reason reason = chance.below(2) == 0 ? Ban.Reason.AUTHENTICATION : Ban.Reason.FLOOD;
            list = list.unite(BanList.of(new Ban(chance.below(10), chance.below(5), reason)));
        }
        return list;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sidesOfAPartitionAgreeInWhateverOrderTheyMeet(long seed) {
        SimChance chance = new SimChance(seed);
        for (int i = 0; i < 100; i++) {
            BanList a = random(chance);
            BanList b = random(chance);
            BanList c = random(chance);
            assertThat(a.unite(b)).as("seed %d", seed).isEqualTo(b.unite(a));
            assertThat(a.unite(b).unite(c)).as("seed %d", seed).isEqualTo(a.unite(b.unite(c)));
            assertThat(a.unite(a)).as("seed %d", seed).isEqualTo(a);
            assertThat(BanList.CODEC.decode(BanList.CODEC.encode(a)))
                    .as("seed %d", seed)
                    .isEqualTo(a);
        }
    }

    @Test
    void aBanEndsByItself() {
        BanList list = BanList.of(ban(-5, 1_000)).unite(BanList.of(ban(7, 2_000)));
        assertThat(list.names(-5, 999)).isTrue();
        assertThat(list.names(-5, 1_000)).isFalse();
        assertThat(list.names(6, 0)).isFalse();
        assertThat(list.since(Instant.ofEpochMilli(1_000)).bans()).containsExactly(ban(7, 2_000));
        assertThat(list.since(Instant.ofEpochMilli(2_000))).isEqualTo(BanList.NOBODY);
    }

    @Test
    void thoseThatEndFirstMakeRoom() {
        BanList list = BanList.NOBODY;
        for (int block = 0; block < 3; block++) {
            BanList more = BanList.NOBODY;
            for (int i = 0; i < 64; i++) {
                more = more.unite(BanList.of(ban(block * 64L + i, 10 + block)));
            }
            list = list.unite(more);
        }
        assertThat(list.bans()).hasSize(192);
        BanList full = BanList.CODEC.decode(many());
        assertThat(full.bans()).hasSize(BanList.MOST).noneMatch(ban -> ban.until() < 100);
    }

    // More than there is room for, as no list of ours is.
    private static byte[] many() {
        int count = BanList.MOST + 100;
        ByteBuffer bytes = ByteBuffer.allocate(3 + 17 * count).put((byte) 1).putShort((short) count);
        for (int i = 0; i < count; i++) {
            bytes.putLong(i).putLong(i).put((byte) 'f');
        }
        return bytes.array();
    }
}
