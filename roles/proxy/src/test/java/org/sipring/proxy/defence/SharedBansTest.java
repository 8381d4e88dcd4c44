package org.sipring.proxy.defence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.Meter;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.proxy.foreign.Peers;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimCluster;
import org.sipring.testkit.SimNetwork;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTime;

/** Who is banned at one node is heard by none, for a while. */
class SharedBansTest implements Meter {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String OFFENDER = "192.0.2.66";
    private static final String ALLOWED = "198.51.100.7";
    private static final DefenceLimits SETTINGS = new DefenceLimits(
            Rate.perSecond(1, 2),
            Rate.perSecond(1, 3),
            new DefenceLimits.Bans(3, Duration.ofMinutes(1), Duration.ofMinutes(10)),
            Peers.of(List.of("198.51.100.0/24")));
    private static final SipMessage REGISTER =
            SipMessage.request("REGISTER", "sip:sipring.test").build();

    private final SimTime time = new SimTime();
    private final SimChance chance = new SimChance(7);
    private final SimCluster cluster = new SimCluster(time, new SimNetwork(chance.split()), chance.split());
    private final Map<NodeId, Defence> defences = new HashMap<>();
    private final Map<NodeId, SimNode> nodes = new HashMap<>();
    private final Map<NodeId, Door> doors = new HashMap<>();

    @BeforeEach
    void form() {
        start(N1);
        start(N2);
        time.advance(Duration.ofSeconds(20));
    }

    private void start(NodeId id) {
        Member birth = new Member(
                id, "192.0.2.1", Set.of(RoleName.PROXY), Member.ORDINARY_WEIGHT, "1", NodeState.JOINING, 0, 0, false);
        SimNode node = cluster.start(birth);
        Defence defence = new Defence(SETTINGS, node, node.host().ticker(), chance.split(), this);
        defence.start();
        nodes.put(id, node);
        defences.put(id, defence);
        doors.put(id, defence.door());
    }

    private static Flow flow(Transport transport, String host) {
        return new Flow(
                transport, new InetSocketAddress("192.0.2.1", 5060), new InetSocketAddress(host, 5070), 1, null);
    }

    private void fail(NodeId node, String host, int times) {
        for (int i = 0; i < times; i++) {
            Objects.requireNonNull(defences.get(node)).failed(flow(Transport.UDP, host), REGISTER, "alice");
        }
    }

    private List<NodeId> hearers(String host) {
        List<NodeId> hearing = new ArrayList<>();
        doors.forEach((node, door) -> {
            try {
                if (door.hears(InetAddress.getByName(host), Transport.UDP)) {
                    hearing.add(node);
                }
            } catch (UnknownHostException impossible) {
                throw new AssertionError(impossible);
            }
        });
        return hearing;
    }

    @Test
    void whoIsBannedAtOneNodeIsHeardByNoneUntilItEnds() {
        fail(N1, OFFENDER, 2);
        time.advance(SECOND);
        assertThat(hearers(OFFENDER)).containsExactlyInAnyOrder(N1, N2);
        fail(N1, OFFENDER, 1);
        time.advance(SECOND);
        assertThat(hearers(OFFENDER)).isEmpty();
        assertThat(hearers("192.0.2.67")).hasSize(2);
        assertThat(Objects.requireNonNull(defences.get(N2)).bans())
                .singleElement()
                .matches(ban -> ban.address().equals(OFFENDER) && ban.reason() == Ban.Reason.AUTHENTICATION);
        time.advance(Duration.ofMinutes(9));
        assertThat(hearers(OFFENDER)).isEmpty();
        time.advance(Duration.ofMinutes(1));
        assertThat(hearers(OFFENDER)).hasSize(2);
        assertThat(Objects.requireNonNull(defences.get(N2)).bans()).isEmpty();
    }

    @Test
    void whoIsAllowedIsNeverBanned() {
        fail(N1, ALLOWED, 100);
        time.advance(SECOND);
        assertThat(hearers(ALLOWED)).hasSize(2);
    }

    @Test
    void mistakesThatAreFarApartBanNobody() {
        for (int i = 0; i < 20; i++) {
            fail(N1, OFFENDER, 1);
            time.advance(Duration.ofSeconds(21));
        }
        assertThat(hearers(OFFENDER)).hasSize(2);
    }

    @Test
    void aNodeThatComesLaterKnowsTheBans() {
        fail(N1, OFFENDER, 3);
        time.advance(SECOND);
        start(N3);
        time.advance(Duration.ofSeconds(20));
        assertThat(doors).hasSize(3);
        assertThat(hearers(OFFENDER)).isEmpty();
    }

    @Test
    void bansOutliveTheNodeThatMadeThem() {
        fail(N1, OFFENDER, 3);
        time.advance(SECOND);
        cluster.leave(Objects.requireNonNull(nodes.get(N1)));
        time.advance(Duration.ofSeconds(20));
        start(N3);
        time.advance(Duration.ofSeconds(20));
        assertThat(hearers(OFFENDER)).doesNotContain(N2, N3);
    }

    @Test
    void floodsOverConnectionsBanAndDatagramsThatAnybodyMayForgeDoNot() {
        Door door = Objects.requireNonNull(doors.get(N1));
        for (int i = 0; i < 1_000; i++) {
            door.request(flow(Transport.UDP, OFFENDER));
        }
        time.advance(Duration.ofSeconds(5));
        assertThat(hearers(OFFENDER)).hasSize(2);
        for (int i = 0; i < 24; i++) {
            door.request(flow(Transport.TCP, OFFENDER));
        }
        time.advance(SECOND);
        assertThat(hearers(OFFENDER)).hasSize(2);
        for (int i = 0; i < 5; i++) {
            door.request(flow(Transport.TCP, OFFENDER));
        }
        time.advance(SECOND);
        assertThat(hearers(OFFENDER)).isEmpty();
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return () -> {};
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {}
}
