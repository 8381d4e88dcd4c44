package org.sipring.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.dns.wire.Rfc2136Primary;
import org.sipring.dns.wire.Room;
import org.sipring.dns.wire.SrvLookup;
import org.sipring.dns.wire.TsigKey;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.sipring.testkit.SimChance;

/** Looking services up, at the embedded server. */
class SrvLookupTest {
    private static final String SERVICE = "_sipring._tcp.sipring.test.";

    private final TsigKey key = TsigKey.generate("sipring", new SimChance(7));
    private final Room room = new Room();
    private DnsServer server;

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = DnsServer.start(new DnsServer.Setup("sipring.test.", key, listen, Optional.empty()), room);
    }

    @AfterEach
    void stop() {
        server.close();
        room.close();
    }

    private void publish(RrSet... sets) {
        List<Update.Change> changes = new ArrayList<>();
        List.of(sets).forEach(set -> changes.add(new Update.Replace(set)));
        Primary primary = new Rfc2136Primary(
                server.localAddress(),
                "sipring.test.",
                () -> Optional.of(key),
                Rfc2136Primary.USUAL_LIMIT,
                room,
                new SimChance(1));
        assertThat(primary.update(new Update(List.of(), changes))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(UpdateResult.APPLIED);
    }

    private static RrSet set(String name, String type, String... data) {
        return RrSet.of(name, type, 30, List.of(data));
    }

    private SrvLookup lookup(InetSocketAddress... resolvers) {
        return new SrvLookup(List.of(resolvers), Duration.ofSeconds(5), room, new SimChance(2));
    }

    private List<InetSocketAddress> find() throws IOException {
        return lookup(server.localAddress()).find(SERVICE);
    }

    private static InetSocketAddress at(String address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    @Test
    void aServiceThatIsNotPublishedIsEmpty() throws IOException {
        assertThat(find()).isEmpty();
    }

    @Test
    void theTargetsOfLowerPriorityNumberAndGreaterWeightComeFirst() throws IOException {
        publish(
                set(
                        SERVICE,
                        "SRV",
                        "20 1 7600 n3.sipring.test.",
                        "10 50 7600 n1.sipring.test.",
                        "10 90 7601 n2.sipring.test."),
                set("n1.sipring.test.", "A", "127.0.0.11"),
                set("n2.sipring.test.", "AAAA", "::1"),
                set("n3.sipring.test.", "A", "127.0.0.13"));
        assertThat(find()).containsExactly(at("::1", 7601), at("127.0.0.11", 7600), at("127.0.0.13", 7600));
    }

    @Test
    void eachLookUpIsFresh() throws IOException {
        assertThat(find()).isEmpty();
        publish(set(SERVICE, "SRV", "10 1 7600 n1.sipring.test."), set("n1.sipring.test.", "A", "127.0.0.11"));
        assertThat(find()).containsExactly(at("127.0.0.11", 7600));
    }

    @Test
    void anAnswerTooLargeForADatagramIsFetchedOverTcpAndCutTo64Targets() throws IOException {
        String[] targets = new String[300];
        List<RrSet> sets = new ArrayList<>();
        for (int at = 0; at < targets.length; at++) {
            targets[at] = "10 1 " + (1000 + at) + " n" + at + ".sipring.test.";
            sets.add(set("n" + at + ".sipring.test.", "A", "127.1." + at / 100 + "." + at % 100));
        }
        sets.add(set(SERVICE, "SRV", targets));
        publish(sets.toArray(RrSet[]::new));
        assertThat(find()).hasSize(64);
    }

    @Test
    void aPublishedServiceWithoutAnyAddressIsAFailureNotAnAbsence() {
        publish(set(SERVICE, "SRV", "10 1 7600 nowhere.sipring.test."));
        assertThatThrownBy(this::find).hasMessageContaining("none of its targets has an address");
    }

    @Test
    void aTargetThatIsTheRootSaysThereIsNoSuchService() throws IOException {
        publish(set(SERVICE, "SRV", "0 0 0 ."));
        assertThat(find()).isEmpty();
    }

    @Test
    void aResolverThatRefusesOrIsDownIsAFailureAndIsNamed() {
        assertThatThrownBy(() -> lookup(server.localAddress()).find("_sipring._tcp.example.org."))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("REFUSED");
        server.close();
        assertThatThrownBy(this::find)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(":" + server.localAddress().getPort());
    }

    @Test
    void theNextResolverIsAskedWhenOneIsSilent() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress first = (InetSocketAddress) silent.getLocalSocketAddress();
            SrvLookup both = new SrvLookup(List.of(first, server.localAddress()), room, new SimChance(2));
            assertThat(both.find(SERVICE)).isEmpty();
            SrvLookup one = new SrvLookup(List.of(first), Duration.ofMillis(100), room, new SimChance(2));
            assertThatThrownBy(() -> one.find(SERVICE)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void thisHostHasAResolver() {
        assertThat(SrvLookup.systemResolvers()).isNotEmpty();
    }
}
