package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.sip.ParseResult;

/** UDP and TCP on real sockets: RFC 3261 section 18. */
final class PhoneTransportTest {
    private static final NetworkSettings.Limits LIMITS =
            new NetworkSettings.Limits(65_535, 10, 2, Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);

    private Wire wire;
    private InetSocketAddress here;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        wire = new Wire(TestIdentity.without(), NetworkSettings.NODE_PORT, LIMITS);
        here = wire.network.phones();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private static byte[] options(String body) {
        return ("""
                OPTIONS sip:sipring.test SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1
                Max-Forwards: 70
                From: <sip:alice@sipring.test>;tag=a
                To: <sip:sipring.test>
                Call-ID: call-1
                CSeq: 1 OPTIONS
                Content-Length: %d

                """
                                .formatted(body.length())
                                .replace("\n", "\r\n")
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(here, 5_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void aDatagramIsHeardAndAnsweredFromTheSamePort() throws IOException, InterruptedException {
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] request = options("x".repeat(30_000));
            phone.setSoTimeout(10_000);
            phone.send(new DatagramPacket(request, request.length, here));
            assertThat(wire.message().body()).hasSize(30_000);
            DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
            phone.receive(answer);
            assertThat(answer.getSocketAddress()).isEqualTo(here);
            assertThat(answer.getLength()).isEqualTo(request.length);
        }
    }

    /** RFC 5626 section 3.5. */
    @Test
    void keepAlivesOverUdpAreNoMessages() throws IOException, InterruptedException {
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            phone.send(new DatagramPacket(new byte[] {'\r', '\n', '\r', '\n'}, 4, here));
            phone.send(new DatagramPacket(new byte[28], 28, here));
            phone.send(new DatagramPacket("this is no SIP at all".getBytes(StandardCharsets.UTF_8), 21, here));
            assertThat(Wire.next(wire.results)).isInstanceOf(ParseResult.Junk.class);
        }
    }

    /** RFC 5626 section 3.5.2. */
    @Test
    void aStunKeepAliveIsAnsweredFromTheSamePort() throws IOException {
        byte[] request = HexFormat.of().parseHex("000100002112a442b7e7a701bc34d686fa87dfae");
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            phone.setSoTimeout(10_000);
            phone.send(new DatagramPacket(request, request.length, here));
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            phone.receive(answer);
            assertThat(answer.getSocketAddress()).isEqualTo(here);
            assertThat(HexFormat.of().formatHex(answer.getData(), 0, answer.getLength()))
                    .isEqualTo("0101000c2112a442b7e7a701bc34d686fa87dfae002000080001%04x5e12a443"
                            .formatted(phone.getLocalPort() ^ 0x2112));
        }
    }

    /** RFC 3261 section 18.3. */
    @Test
    void aStreamIsCutIntoMessages() throws IOException, InterruptedException {
        try (Socket phone = connect()) {
            byte[] one = options("body");
            byte[] both = new String(one, StandardCharsets.UTF_8).repeat(2).getBytes(StandardCharsets.UTF_8);
            phone.getOutputStream().write(both, 0, 100);
            phone.getOutputStream().write(both, 100, both.length - 100);
            assertThat(wire.message().bytes()).isEqualTo(one);
            assertThat(wire.message().bytes()).isEqualTo(one);
            assertThat(phone.getInputStream().readNBytes(both.length)).isEqualTo(both);
            assertThat(Wire.next(wire.flows).transport()).isEqualTo(Transport.TCP);
        }
        assertThat(Wire.next(wire.closed).connection()).isPositive();
    }

    /** RFC 3261 section 26.3.2.4. */
    @Test
    void datagramsOfWhoIsNotHeardAreDroppedUnread() throws IOException, InterruptedException {
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            wire.hears = false;
            byte[] request = options("");
            phone.send(new DatagramPacket(request, request.length, here));
            assertThat(wire.results.poll(500, TimeUnit.MILLISECONDS)).isNull();
            wire.hears = true;
            phone.send(new DatagramPacket(request, request.length, here));
            wire.message();
            assertThat(wire.results).isEmpty();
        }
    }

    /** RFC 3261 section 26.3.2.4. */
    @Test
    void responsesOfWhoFloodsAreReadAllTheSame() throws IOException, InterruptedException {
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            wire.besieged = true;
            byte[] request = options("");
            byte[] response = new String(request, StandardCharsets.UTF_8)
                    .replaceFirst("OPTIONS.*", "SIP/2.0 200 OK")
                    .getBytes(StandardCharsets.UTF_8);
            phone.send(new DatagramPacket(request, request.length, here));
            phone.send(new DatagramPacket("SIP/2.0".getBytes(StandardCharsets.UTF_8), 7, here));
            phone.send(new DatagramPacket(response, response.length, here));
            assertThat(wire.message().status()).as("and nothing before it").isEqualTo(200);
        }
    }

    /** RFC 3261 section 26.3.2.4. */
    @Test
    void connectionsOfWhoIsNotHeardAreClosed() throws IOException, InterruptedException {
        try (Socket open = connect()) {
            open.getOutputStream().write(options(""));
            wire.message();
            wire.hears = false;
            open.getOutputStream().write(options(""));
            assertThat(wire.closed.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(wire.results).isEmpty();
            for (Transport transport : List.of(Transport.TCP, Transport.TLS, Transport.WS, Transport.WSS)) {
                assertThat(refused(port(transport))).as("%s", transport).isTrue();
            }
        }
    }

    private int port(Transport transport) {
        return Objects.requireNonNull(wire.loops.peek()).local(transport).getPort();
    }

    private static boolean refused(int port) throws IOException {
        try (Socket late = new Socket()) {
            late.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            late.setSoTimeout(10_000);
            return late.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** RFC 5626 section 3.5.1. */
    @Test
    void aPingIsAnsweredByAPong() throws IOException {
        try (Socket phone = connect()) {
            phone.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(phone.getInputStream().readNBytes(2)).containsExactly('\r', '\n');
        }
    }

    /** RFC 3261 section 18.3. */
    @Test
    void aStreamThatCannotBeCutIsClosed() throws IOException {
        try (Socket phone = connect()) {
            String broken = new String(options(""), StandardCharsets.UTF_8).replace("Content-Length: 0", "X: y");
            phone.getOutputStream().write(broken.getBytes(StandardCharsets.UTF_8));
            assertThat(phone.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aConnectionWithoutAMessageIsClosedInTime() throws IOException {
        try (Socket phone = connect()) {
            phone.getOutputStream().write("OPTIONS ".getBytes(StandardCharsets.UTF_8));
            assertThat(phone.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aMessageThatHasBegunMustEndInTime() throws IOException {
        try (Socket phone = connect()) {
            phone.getOutputStream().write("\r\n\r\nOPTIONS ".getBytes(StandardCharsets.UTF_8));
            assertThat(phone.getInputStream().readNBytes(2)).containsExactly('\r', '\n');
            assertThat(phone.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** RFC 5626 section 4.4. */
    @Test
    void aPhoneThatPromisedToSendAndIsSilentIsCutOff() throws IOException, InterruptedException {
        try (Socket phone = connect()) {
            phone.getOutputStream().write(options(""));
            Flow flow = Wire.next(wire.flows);
            assertThat(phone.getInputStream().readNBytes(options("").length)).isNotEmpty();
            // Sooner than whoever promised nothing.
            phone.setSoTimeout((int) LIMITS.idle().dividedBy(2).toMillis());
            SipLoop loop = Wire.next(wire.loops);
            assertThat(isOpen(loop, flow)).isTrue();
            loop.ticker().execute(() -> loop.closeAfterSilence(flow, Duration.ofMillis(200)));
            assertThat(phone.getInputStream().read()).isEqualTo(-1);
            assertThat(Wire.next(wire.closed)).isEqualTo(flow);
            assertThat(isOpen(loop, flow)).isFalse();
        }
    }

    private static boolean isOpen(SipLoop loop, Flow flow) throws InterruptedException {
        BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
        loop.ticker().execute(() -> told.add(loop.open(flow)));
        return Wire.next(told);
    }

    @Test
    void aConnectionWithoutAByteIsClosedInItsTime() throws IOException, GeneralSecurityException {
        Duration idle = Duration.ofSeconds(1);
        NetworkSettings.Limits limits = new NetworkSettings.Limits(65_535, 10, 2, Duration.ofMinutes(1), idle, 1 << 20);
        try (Wire brief = new Wire(TestIdentity.without(), NetworkSettings.NODE_PORT, limits)) {
            here = brief.network.phones();
            try (Socket phone = connect()) {
                byte[] request = options("");
                long last = System.nanoTime();
                phone.getOutputStream().write(request);
                assertThat(phone.getInputStream().readNBytes(request.length)).isEqualTo(request);
                assertThat(phone.getInputStream().read()).isEqualTo(-1);
                assertThat(System.nanoTime() - last).as("and not sooner").isGreaterThanOrEqualTo(idle.toNanos());
            }
        }
    }

    @Test
    void oneAddressHasOnlySoManyConnections() throws IOException, InterruptedException {
        try (Socket one = connect();
                Socket two = connect()) {
            one.getOutputStream().write(options(""));
            two.getOutputStream().write(options(""));
            wire.message();
            wire.message();
            try (Socket three = connect()) {
                assertThat(three.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aConnectionIsOpenedOnceForManyCallers() throws IOException, InterruptedException, GeneralSecurityException {
        try (Wire other = new Wire(TestIdentity.without(), NetworkSettings.NODE_PORT, LIMITS)) {
            BlockingQueue<Dialled> opened = new LinkedBlockingQueue<>();
            InetSocketAddress there = other.network.phones();
            for (SipLoop loop : wire.loops) {
                loop.ticker().execute(() -> loop.connect(there, opened::add));
            }
            Flow flow = Wire.next(opened).open().orElseThrow();
            assertThat(Wire.next(opened)).isEqualTo(Dialled.to(flow));
            for (SipLoop loop : wire.loops) {
                loop.ticker().execute(() -> loop.send(flow, options("")));
            }
            other.message();
            other.message();
            assertThat(other.network.connections()).isEqualTo(1);
        }
    }

    /** RFC 3261 section 18.4. */
    @Test
    void aRefusedConnectionIsToldAsNone() throws InterruptedException, IOException {
        BlockingQueue<Dialled> opened = new LinkedBlockingQueue<>();
        InetSocketAddress nobody;
        try (java.net.ServerSocket free = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) free.getLocalSocketAddress();
        }
        SipLoop loop = Wire.next(wire.loops);
        loop.ticker().execute(() -> loop.connect(nobody, opened::add));
        assertThat(Wire.next(opened)).isEqualTo(Dialled.NOBODY);
    }

    @Test
    void aConnectionTooManyIsToldAsSuchAndNotAsNobody() throws IOException, InterruptedException {
        try (Socket one = connect();
                Socket two = connect()) {
            one.getOutputStream().write(options(""));
            two.getOutputStream().write(options(""));
            wire.message();
            wire.message();
            BlockingQueue<Dialled> opened = new LinkedBlockingQueue<>();
            SipLoop loop = Wire.next(wire.loops);
            loop.ticker().execute(() -> loop.connect(here, opened::add));
            assertThat(Wire.next(opened)).isEqualTo(Dialled.FULL);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        NetworkSettings taken = new NetworkSettings("127.0.0.1", 0, here.getPort(), 5066, 1, LIMITS);
        assertThatThrownBy(() -> NettyNetwork.open(
                        taken, Credentials.of(TestIdentity.without()), Wire.clock(), loop -> new Wire.Deaf()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + here.getPort() + "/tcp");
    }
}
