package org.sipring.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.dns.server.DnsServer.Limits;
import org.sipring.dns.wire.Rfc2136Primary;
import org.sipring.dns.wire.Room;
import org.sipring.dns.wire.TsigKey;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.UpdateResult;
import org.sipring.testkit.SimChance;

/** The embedded server's sockets, and what it remembers. */
class DnsServerTest {
    private static final String ZONE = "sipring.test.";
    private static final int SOA = 6;
    private static final RrSet FENCE =
            RrSet.of("_sipring-epoch.sipring.test.", "TXT", 30, List.of("\"v1 p1 1 1 n1 abc\""));
    private static final Update FIRST =
            new Update(List.of(new Update.Absent(FENCE.key())), List.of(new Update.Replace(FENCE)));

    private final TsigKey key = TsigKey.generate("sipring", new SimChance(7));
    private final Room room = new Room();
    private final List<DnsServer> servers = new ArrayList<>();

    @TempDir
    private Path data;

    @AfterEach
    void stop() {
        servers.forEach(DnsServer::close);
        room.close();
    }

    private DnsServer start(InetSocketAddress listen, Optional<Path> folder, Limits limits) throws IOException {
        DnsServer server = DnsServer.start(new DnsServer.Setup(ZONE, key, listen, folder, limits), room);
        servers.add(server);
        return server;
    }

    private DnsServer start(Limits limits) throws IOException {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(data), limits);
    }

    private DnsServer start() throws IOException {
        return start(Limits.USUAL);
    }

    private UpdateResult send(DnsServer server, Update update) {
        Primary primary = new Rfc2136Primary(
                server.localAddress(), ZONE, () -> Optional.of(key), Duration.ofSeconds(10), room, new SimChance(1));
        return primary.update(update).toCompletableFuture().join();
    }

    private static void assertServes(DnsServer server) throws IOException {
        byte[] answer = Sockets.overUdp(server.localAddress(), Sockets.query(77, SOA), 10_000)
                .orElseThrow();
        assertThat(Sockets.id(answer)).isEqualTo(77);
        assertThat(Sockets.rcode(answer)).isZero();
        try (Socket socket = Sockets.connect(server.localAddress())) {
            Sockets.send(socket, Sockets.query(78, SOA));
            assertThat(Sockets.rcode(Sockets.receive(socket))).isZero();
        }
    }

    @Test
    void anAnsweredUpdateSurvivesARestart() throws IOException {
        DnsServer before = start();
        assertThat(send(before, FIRST)).isEqualTo(UpdateResult.APPLIED);
        before.close();
        DnsServer after = start();
        assertThat(after.zone().sets()).isEqualTo(before.zone().sets());
        assertThat(send(after, FIRST)).isEqualTo(UpdateResult.PREREQUISITE_FAILED);
    }

    @Test
    void anUpdateThatCannotBeWrittenIsServfailAndIsNotServed() throws IOException {
        DnsServer server = start();
        Path inTheWay = Files.createDirectories(data.resolve("sipring.test.zone.new/full"));
        assertThat(send(server, FIRST)).isEqualTo(UpdateResult.REFUSED);
        assertThat(server.zone().get(FENCE.key())).isEmpty();
        Files.delete(inTheWay);
        assertThat(send(server, FIRST)).isEqualTo(UpdateResult.APPLIED);
    }

    @Test
    void aHalfWrittenFileOfAnInterruptedUpdateIsNoHarm() throws IOException {
        DnsServer before = start();
        assertThat(send(before, FIRST)).isEqualTo(UpdateResult.APPLIED);
        before.close();
        Files.writeString(data.resolve("sipring.test.zone.new"), "half a li");
        assertThat(start().zone().get(FENCE.key())).contains(FENCE);
    }

    @Test
    void aDamagedFileIsSaidWithItsLineAndNeverOverwritten() throws IOException {
        start().close();
        Path file = data.resolve("sipring.test.zone");
        Files.writeString(file, Files.readString(file) + "nonsense\n");
        assertThatThrownBy(this::start).hasMessageContaining(file.toString()).hasMessageContaining("line 4");
        assertThat(Files.readString(file)).endsWith("nonsense\n");
    }

    @Test
    void withoutAFolderTheZoneBeginsAnewWithAGreaterSerial() throws IOException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        DnsServer server = start(listen, Optional.empty(), Limits.USUAL);
        assertThat(send(server, FIRST)).isEqualTo(UpdateResult.APPLIED);
        assertThat(start(listen, Optional.empty(), Limits.USUAL).zone().get(FENCE.key()))
                .isEmpty();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void theServersNameFollowsTheAddressItListensAt() throws IOException {
        RrKey name = new RrKey("ns.sipring.test.", "A");
        assertThat(start().zone().get(name).orElseThrow().data()).containsExactly("127.0.0.1");
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 53});
        DnsServer moved = start(new InetSocketAddress(other, 0), Optional.of(data), Limits.USUAL);
        assertThat(moved.zone().get(name).orElseThrow().data()).containsExactly("127.0.0.53");
    }

    @Test
    void aTakenAddressIsSaid() throws IOException {
        InetSocketAddress taken = start().localAddress();
        assertThatThrownBy(() -> start(taken, Optional.empty(), Limits.USUAL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on")
                .hasMessageContaining(":" + taken.getPort());
    }

    @Test
    void aSetupThatCannotBeServedIsRefused() {
        InetSocketAddress good = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertThatThrownBy(() -> new DnsServer.Setup("../etc.", key, good, Optional.empty()))
                .hasMessageContaining("domain name");
        assertThatThrownBy(() -> new DnsServer.Setup(ZONE, key, new InetSocketAddress(0), Optional.empty()))
                .hasMessageContaining("one address of this host");
    }

    @Test
    void manyRequestsOnOneConnectionAreAllAnswered() throws IOException {
        try (Socket socket = Sockets.connect(start().localAddress())) {
            Set<Integer> open = new HashSet<>();
            for (int id = 0; id < 500; id++) {
                Sockets.send(socket, Sockets.query(id, SOA));
                open.add(id);
            }
            while (!open.isEmpty()) {
                assertThat(open.remove(Sockets.id(Sockets.receive(socket)))).isTrue();
            }
        }
    }

    @Test
    void aClientThatTakesNoAnswersIsNotReadAnyFurther() throws IOException {
        DnsServer server = start(new Limits(10, 10, Duration.ofSeconds(30)));
        RrSet large = RrSet.of(
                ZONE,
                "TXT",
                30,
                IntStream.range(0, 250)
                        .mapToObj(at -> "\"" + "x".repeat(200) + at + "\"")
                        .toList());
        assertThat(send(server, new Update(List.of(), List.of(new Update.Replace(large)))))
                .isEqualTo(UpdateResult.APPLIED);
        try (Socket socket = Sockets.connect(server.localAddress())) {
            // 500 queries have answers of 25 MB: all come, but only as fast as they are taken.
            for (int id = 0; id < 500; id++) {
                Sockets.send(socket, Sockets.query(id, 16));
            }
            assertServes(server);
            for (int id = 0; id < 500; id++) {
                assertThat(Sockets.receive(socket)).hasSizeGreaterThan(50_000);
            }
        }
    }

    @Test
    void aConnectionWithoutAWholeRequestIsClosedThoughBytesTrickleIn() throws IOException {
        DnsServer server = start(new Limits(10, 10, Duration.ofMillis(300)));
        try (Socket socket = Sockets.connect(server.localAddress())) {
            socket.setSoTimeout(50);
            long start = room.nanos();
            boolean closed = false;
            while (!closed && room.nanos() - start < Duration.ofSeconds(20).toNanos()) {
                closed = trickle(socket) || Sockets.isClosed(socket);
            }
            assertThat(closed).isTrue();
        }
        assertServes(server);
    }

    /** The length says 257: with one byte each 50 ms the message would take 13 s. */
    private static boolean trickle(Socket socket) {
        try {
            socket.getOutputStream().write(1);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndPlacesBecomeFreeAgain() throws IOException {
        DnsServer server = start(new Limits(10, 2, Duration.ofSeconds(30)));
        try (Socket one = Sockets.connect(server.localAddress());
                Socket two = Sockets.connect(server.localAddress());
                Socket three = Sockets.connect(server.localAddress())) {
            assertThat(Sockets.isClosed(three)).isTrue();
            for (Socket socket : List.of(one, two)) {
                Sockets.send(socket, Sockets.query(1, SOA));
                assertThat(Sockets.rcode(Sockets.receive(socket))).isZero();
            }
            one.shutdownOutput();
            assertThat(Sockets.isClosed(one)).isTrue();
        }
        assertServes(server);
    }

    @Test
    void noiseOnBothSocketsIsSurvived() throws IOException {
        DnsServer server = start();
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            byte[] noise = new byte[1 + random.nextInt(700)];
            random.nextBytes(noise);
            Sockets.overUdp(server.localAddress(), noise, 1);
            try (Socket socket = Sockets.connect(server.localAddress())) {
                socket.getOutputStream().write(noise);
            }
        }
        assertServes(server);
        assertThat(send(server, FIRST)).isEqualTo(UpdateResult.APPLIED);
    }
}
