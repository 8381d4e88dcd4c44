package org.sipring.proxy.defence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.api.Member;
import org.sipring.api.Meter;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.proxy.foreign.Peers;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimCluster;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTime;

/** What an operator says at one node holds at all, and after a partition. */
class OperatorBansTest implements Meter {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final Duration HEALING = Duration.ofMinutes(2);
    private static final String OFFENDER = "192.0.2.66";
    private static final DefenceLimits SETTINGS = new DefenceLimits(
            Rate.perSecond(1, 2),
            Rate.perSecond(1, 3),
            new DefenceLimits.Bans(3, Duration.ofMinutes(1), Duration.ofMinutes(10)),
            Peers.of(List.of("198.51.100.0/24", "2001:db8:1::/48")));

    private final SimTime time = new SimTime();
    private final SimChance chance = new SimChance(11);
    private final SimNetwork network = new SimNetwork(chance.split());
    private final SimCluster cluster = new SimCluster(time, network, chance.split());
    private final Map<NodeId, Defence> defences = new HashMap<>();

    @BeforeEach
    void form() {
        start(N1, "203.0.113.1");
        start(N2, "203.0.113.2");
        time.advance(Duration.ofSeconds(20));
    }

    private void start(NodeId id, String address) {
        Member birth = new Member(
                id, address, Set.of(RoleName.PROXY), Member.ORDINARY_WEIGHT, "1", NodeState.JOINING, 0, 0, false);
        SimNode node = cluster.start(birth);
        Defence defence = new Defence(SETTINGS, node, node.host().ticker(), chance.split(), this);
        defence.start();
        defences.put(id, defence);
    }

    private OperatorBans at(NodeId node) {
        return Objects.requireNonNull(defences.get(node)).operators();
    }

    private OperatorBans.Answer add(NodeId node, String who) {
        return said(at(node).add(who, Optional.empty(), "spam"));
    }

    private OperatorBans.Answer said(CompletionStage<OperatorBans.Answer> wish) {
        List<OperatorBans.Answer> answers = new ArrayList<>();
        var unused = wish.thenAccept(answers::add);
        time.advance(Duration.ofSeconds(10));
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private List<NodeId> hearers(String host) throws UnknownHostException {
        InetAddress source = InetAddress.getByName(host);
        return defences.keySet().stream()
                .filter(node ->
                        Objects.requireNonNull(defences.get(node)).door().hears(source, Transport.UDP))
                .sorted()
                .toList();
    }

    @Test
    void aNetworkThatIsBannedAtOneNodeIsHeardByNoneUntilItIsRemovedAtTheOther() throws UnknownHostException {
        OperatorBans.Answer added = said(at(N1).add("192.0.2.0/24", Optional.of(Duration.ofHours(2)), "call spam"));
        assertThat(added.done()).isTrue();
        assertThat(added.text()).startsWith("192.0.2.0/24 is banned until ").doesNotContain("here");
        assertThat(hearers(OFFENDER)).isEmpty();
        assertThat(hearers("192.0.3.66")).containsExactly(N1, N2);
        assertThat(at(N2).list()).singleElement().matches(ban -> ban.why().equals("operator: call spam"));
        time.advance(Duration.ofMinutes(119));
        assertThat(hearers(OFFENDER)).isEmpty();
        assertThat(said(at(N2).remove("192.0.2.0/24")).done()).isTrue();
        assertThat(hearers(OFFENDER)).containsExactly(N1, N2);
        time.advance(HEALING);
        assertThat(hearers(OFFENDER)).containsExactly(N1, N2);
        assertThat(at(N1).list()).isEmpty();
    }

    @Test
    void aRemovalWinsOverTheBanThatTheOtherSideOfAPartitionKept() throws UnknownHostException {
        add(N1, OFFENDER);
        network.part(Set.of(N1), Set.of(N2));
        time.advance(HEALING);
        said(at(N2).remove(OFFENDER));
        assertThat(hearers(OFFENDER)).containsExactly(N2);
        network.mend();
        time.advance(HEALING);
        assertThat(hearers(OFFENDER)).containsExactly(N1, N2);
    }

    @Test
    void aBanAfterARemovalHolds() throws UnknownHostException {
        add(N1, OFFENDER);
        said(at(N1).remove(OFFENDER));
        add(N2, OFFENDER);
        assertThat(hearers(OFFENDER)).isEmpty();
        time.advance(HEALING);
        assertThat(hearers(OFFENDER)).isEmpty();
    }

    @Test
    void theLastWordShortensABanAndANodeOfItsOwnAccordDoesNot() throws UnknownHostException {
        said(at(N1).add(OFFENDER, Optional.of(Duration.ofDays(1)), ""));
        Objects.requireNonNull(defences.get(N2)).floods(InetAddress.getByName(OFFENDER));
        time.advance(Duration.ofMinutes(11));
        assertThat(hearers(OFFENDER)).isEmpty();
        said(at(N2).add(OFFENDER, Optional.of(Duration.ofMinutes(1)), ""));
        time.advance(Duration.ofMinutes(1));
        assertThat(hearers(OFFENDER)).containsExactly(N1, N2);
    }

    @ParameterizedTest
    @CsvSource({
        "bob, 'bob' is no address or network of senders: write such as 192.0.2.7",
        "0.0.0.0/0, '0.0.0.0/0' is no address or network of senders",
        "198.51.100.7, it is in sip.defence.allow",
        "198.51.100.128/25, it is in sip.defence.allow",
        "2001:db8:1:2::3, it is in sip.defence.allow",
        "203.0.113.2, '203.0.113.2 cannot be banned: node n2 is there, at 203.0.113.2'",
        "203.0.0.0/16, cannot be banned: node n"
    })
    void whatMayNotBeBannedIsSaidToBe(String who, String why) {
        OperatorBans.Answer refused = add(N1, who);
        assertThat(refused.done()).isFalse();
        assertThat(refused.text()).contains(why);
        assertThat(at(N1).list()).isEmpty();
    }

    @Test
    void timesAndReasonsHaveBounds() {
        assertThat(said(at(N1).add(OFFENDER, Optional.of(Duration.ZERO), "")).text())
                .isEqualTo("a ban lasts at least a second and at most 3650 days");
        assertThat(said(at(N1).add(OFFENDER, Optional.of(Duration.ofDays(3_651)), ""))
                        .done())
                .isFalse();
        assertThat(said(at(N1).add(OFFENDER, Optional.empty(), "x".repeat(81))).done())
                .isFalse();
        assertThat(said(at(N1).add(OFFENDER, Optional.empty(), "a\nb")).text()).contains("on one line");
        assertThat(at(N1).list()).isEmpty();
    }

    @Test
    void whoIsNotBannedCannotBeRemovedAndPartsOfANetworkOnlyWithIt() {
        assertThat(said(at(N1).remove(OFFENDER)).text())
                .isEqualTo("192.0.2.66 is not banned: 'sipring ban list' tells who is");
        add(N1, "192.0.2.0/24");
        assertThat(said(at(N1).remove(OFFENDER)).text())
                .isEqualTo("192.0.2.66 is banned as part of 192.0.2.0/24: remove that");
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return () -> {};
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {}
}
