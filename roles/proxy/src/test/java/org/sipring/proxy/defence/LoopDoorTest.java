package org.sipring.proxy.defence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.sipring.api.Meter;
import org.sipring.api.NodeId;
import org.sipring.proxy.foreign.Peers;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

class LoopDoorTest implements Meter {
    private static final int MANY = 1_000;

    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 5060);
    private static final DefenceLimits SETTINGS = new DefenceLimits(
            Rate.perSecond(1, 2),
            Rate.perSecond(1, 3),
            DefenceLimits.Bans.DEFAULT,
            Peers.of(List.of("198.51.100.0/24")));

    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final List<String> counted = new ArrayList<>();
    private final Door door =
            new Defence(SETTINGS, new SimOverlay(new NodeId("n1"), ticker), ticker, new SimChance(1), this).door();

    private static Flow flow(Transport transport, String host) {
        return new Flow(transport, HERE, new InetSocketAddress(host, 5070), 1, null);
    }

    private List<Door.Pass> requests(Transport transport, String host, int count) {
        List<Door.Pass> passes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            passes.add(door.request(flow(transport, host)));
        }
        return passes;
    }

    private boolean hears(Transport transport, String host) {
        return door.hears(flow(transport, host).remote().getAddress(), transport);
    }

    private boolean reads(String host, boolean response) {
        return hears(Transport.UDP, host)
                && !door.drops(flow(Transport.UDP, host).remote().getAddress(), () -> response);
    }

    @Test
    void whatIsBeyondIsAnsweredAndWhatIsFarBeyondIsDropped() {
        assertThat(requests(Transport.UDP, "192.0.2.9", 5))
                .containsExactly(Door.Pass.NOW, Door.Pass.NOW, Door.Pass.LATER, Door.Pass.LATER, Door.Pass.NEVER);
        assertThat(counted).containsExactly("refused", "refused", "dropped");
        assertThat(requests(Transport.UDP, "192.0.2.10", 1)).containsExactly(Door.Pass.NOW);
    }

    @Test
    void onlySoManyNamesOfOneSenderWaitForDns() {
        Flow sender = flow(Transport.TCP, "192.0.2.9");
        List<Runnable> answered = new ArrayList<>();
        while (door.mayAskNames(sender) && answered.size() < MANY) {
            answered.add(door.asksNames(sender));
        }
        assertThat(answered).hasSize(16);
        assertThat(counted).containsExactly("names");
        assertThat(door.mayAskNames(flow(Transport.TCP, "192.0.2.10"))).isTrue();
        answered.get(0).run();
        assertThat(door.mayAskNames(sender)).isTrue();
    }

    @Test
    void onlySoManyNamesASecondAreLookedUpForOneSender() {
        Flow sender = flow(Transport.TCP, "192.0.2.9");
        int count = 0;
        for (; door.mayAskNames(sender) && count < MANY; count++) {
            door.asksNames(sender).run();
        }
        assertThat(count).isEqualTo(50);
        time.advance(Duration.ofSeconds(1));
        for (; door.mayAskNames(sender) && count < MANY; count++) {
            door.asksNames(sender).run();
        }
        assertThat(count).isEqualTo(55);
    }

    @Test
    void datagramsOfWhoFloodsOnAreNotEvenRead() {
        assertThat(reads("192.0.2.9", false)).isTrue();
        requests(Transport.UDP, "192.0.2.9", 5);
        counted.clear();
        assertThat(reads("192.0.2.9", false)).isFalse();
        assertThat(counted).containsExactly("dropped");
        assertThat(reads("192.0.2.10", false)).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(reads("192.0.2.9", false)).isTrue();
        assertThat(requests(Transport.UDP, "192.0.2.9", 2)).containsExactly(Door.Pass.NOW, Door.Pass.LATER);
    }

    @Test
    void whoeverForgesDatagramsOfAnAddressSilencesNoResponseOfIt() {
        requests(Transport.UDP, "192.0.2.9", 5);
        counted.clear();
        assertThat(reads("192.0.2.9", true)).isTrue();
        assertThat(counted).isEmpty();
    }

    @Test
    void whoeverForgesDatagramsOfAnAddressSilencesNoConnectionOfIt() {
        requests(Transport.UDP, "192.0.2.9", 5);
        assertThat(requests(Transport.TLS, "192.0.2.9", 2)).containsOnly(Door.Pass.NOW);
        assertThat(hears(Transport.TLS, "192.0.2.9")).isTrue();
    }

    @Test
    void aNetworkOf64BitsIsOneSender() {
        assertThat(requests(Transport.UDP, "2001:db8::1", 2)).containsOnly(Door.Pass.NOW);
        assertThat(requests(Transport.UDP, "2001:db8::2", 1)).containsOnly(Door.Pass.LATER);
        assertThat(requests(Transport.UDP, "2001:db8:0:1::2", 1)).containsOnly(Door.Pass.NOW);
    }

    @Test
    void whoIsAllowedAndOtherNodesSendAsMuchAsTheyLike() {
        List<Door.Pass> all = Collections.nCopies(100, Door.Pass.NOW);
        assertThat(requests(Transport.UDP, "198.51.100.7", 100)).isEqualTo(all);
        requests(Transport.UDP, "192.0.2.9", 5);
        assertThat(reads("198.51.100.7", false)).isTrue();
        Flow link = new Flow(Transport.NODE, HERE, new InetSocketAddress("192.0.2.9", 5066), 1, new NodeId("n2"));
        for (int i = 0; i < 100; i++) {
            assertThat(door.request(link)).isEqualTo(Door.Pass.NOW);
        }
    }

    @Test
    void anAccountThatAskedForTooMuchIsBorneAgainLater() {
        for (int i = 0; i < 3; i++) {
            assertThat(door.bears("alice@sipring.test")).isTrue();
            assertThat(door.counts("alice@sipring.test")).isTrue();
        }
        assertThat(door.bears("alice@sipring.test")).isFalse();
        assertThat(door.counts("alice@sipring.test")).isFalse();
        assertThat(door.bears("bob@sipring.test")).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(door.bears("alice@sipring.test")).isTrue();
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return () -> counted.add(labels.length == 0 ? name : labels[1]);
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {}
}
