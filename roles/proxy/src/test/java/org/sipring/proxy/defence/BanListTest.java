package org.sipring.proxy.defence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.Sources;
import org.sipring.proxy.foreign.Network;
import org.sipring.testkit.SimChance;

class BanListTest {
    private static final List<Ban.Reason> REASONS = List.copyOf(EnumSet.allOf(Ban.Reason.class));

    private static Ban ban(long source, long until) {
        return ban(Senders.one(source), until);
    }

    private static Ban ban(Senders senders, long until) {
        return Ban.begun(senders, Instant.EPOCH, Instant.ofEpochMilli(until), Ban.Reason.AUTHENTICATION, "");
    }

    private static Senders senders(String written) {
        return Network.parse(written).flatMap(Senders::of).orElseThrow();
    }

    private static long source(String address) throws UnknownHostException {
        return Sources.of(InetAddress.getByName(address));
    }

    private static BanList random(SimChance chance) {
        BanList list = BanList.NOBODY;
        for (int i = chance.below(20); i > 0; i--) {
            Senders senders = new Senders(chance.below(10), 61 + chance.below(4));
            Ban.Reason reason = REASONS.get(chance.below(REASONS.size()));
            String text = chance.below(2) == 0 ? "" : "spam";
            list = list.unite(
                    BanList.of(new Ban(senders, chance.below(3), chance.below(5), chance.below(5), reason, text)));
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
    void aBanThatIsTakenBackStaysSoForAsLongAsAnybodyMayRememberIt() {
        Ban longest = ban(7, 9_000);
        Ban ban = ban(7, 5_000).after(Optional.of(longest));
        Ban lifted = Ban.lifted(ban.senders(), Instant.EPOCH).after(Optional.of(ban));
        BanList healed = BanList.of(longest).unite(BanList.of(lifted)).unite(BanList.of(ban));
        assertThat(healed.names(7, 1)).isFalse();
        assertThat(healed.inForce(Instant.EPOCH)).isEmpty();
        assertThat(healed.since(Instant.ofEpochMilli(8_999)).bans()).containsExactly(lifted);
        assertThat(healed.since(Instant.ofEpochMilli(9_000)).isEmpty()).isTrue();
        Ban again = ban(7, 6_000).after(Optional.of(lifted));
        assertThat(healed.unite(BanList.of(again)).names(7, 5_999)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, 192.0.2.8",
        "192.0.2.0/24, 192.0.2.255, 192.0.3.0",
        "192.0.2.77/24, 192.0.2.1, 192.0.1.255",
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "2001:db8::/48, 2001:db8:0:ffff::1, 2001:db8:1::1",
        "2001:db8:0:1::5, 2001:db8:0:1::6, 2001:db8:0:2::5",
        "2001:db8::/16, 2001:ffff::1, 2002::1"
    })
    void aNetworkIsNamedWithAllThatItHasAndNothingElse(String written, String inside, String outside)
            throws UnknownHostException {
        BanList list = BanList.of(ban(senders(written), 1_000)).unite(BanList.of(ban(source("203.0.113.1"), 1_000)));
        assertThat(list.names(source(inside), 0)).isTrue();
        assertThat(list.names(source(outside), 0)).isFalse();
        assertThat(BanList.CODEC.decode(BanList.CODEC.encode(list))).isEqualTo(list);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.77/24, 192.0.2.0/24",
        "10.0.0.0/8, 10.0.0.0/8",
        "2001:db8:0:1::5, 2001:db8:0:1:0:0:0:0/64",
        "2001:db8::/32, 2001:db8:0:0:0:0:0:0/32"
    })
    void sendersAreWrittenAsPeopleDo(String written, String shown) {
        assertThat(senders(written)).hasToString(shown);
        assertThat(senders(shown)).isEqualTo(senders(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.0.0.0/0", "10.0.0.0/7", "::1", "::/64", "::/0", "2000::/15", "::c000:0/64"})
    void nobodyIsMeantByThese(String written) {
        assertThat(Network.parse(written)).isPresent();
        assertThat(Network.parse(written).flatMap(Senders::of)).isEmpty();
    }

    @Test
    void thoseThatEndFirstMakeRoomAndThoseOfOperatorsLast() {
        List<Ban> many = new ArrayList<>();
        for (int i = 1; i <= BanList.MOST + 100; i++) {
            many.add(ban(i, i));
        }
        Ban operators =
                Ban.begun(Senders.one(-1), Instant.EPOCH, Instant.ofEpochMilli(1), Ban.Reason.OPERATOR, "a short one");
        many.add(operators);
        BanList full = BanList.of(many);
        assertThat(full.bans())
                .hasSize(BanList.MOST)
                .contains(operators)
                .noneMatch(ban -> ban.until() < 100 && !ban.equals(operators));
    }
}
