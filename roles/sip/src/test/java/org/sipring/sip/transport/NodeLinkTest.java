package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;

/** Mutual TLS between nodes on real sockets. */
final class NodeLinkTest {
    @TempDir
    private static Path folder;

    private static Wire listening;
    private static TestIdentity n1;

    @BeforeAll
    static void open() throws IOException, GeneralSecurityException, InterruptedException {
        TestIdentity.keys(folder, "n1", "n2", "n3", "stranger");
        n1 = TestIdentity.of(folder, "n1", "n2", "n3");
        listening = new Wire(n1, 0, NetworkSettings.Limits.DEFAULT);
    }

    @AfterAll
    static void close() {
        listening.close();
    }

    private static byte[] message(String name) {
        return """
                OPTIONS sip:sipring.test SIP/2.0
                Via: SIP/2.0/TLS 127.0.0.1:5066;branch=z9hG4bK1
                From: <sip:%s@sipring.test>;tag=a
                To: <sip:sipring.test>
                Call-ID: call-1
                CSeq: 1 OPTIONS
                Content-Length: 0

                """
                .formatted(name)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Wire node(String name) throws IOException, GeneralSecurityException {
        int port = listening.network.nodes().getPort();
        return new Wire(TestIdentity.of(folder, name, "n1", "n2"), port, NetworkSettings.Limits.DEFAULT);
    }

    private static Optional<Flow> link(Wire from, String to) throws InterruptedException {
        BlockingQueue<Optional<Flow>> opened = new LinkedBlockingQueue<>();
        SipLoop loop = Wire.next(from.loops);
        from.loops.add(loop);
        loop.ticker().execute(() -> loop.link(new NodeId(to), "127.0.0.1", opened::add));
        return Wire.next(opened);
    }

    private static void send(Wire from, Flow flow, byte[] message) throws InterruptedException {
        SipLoop loop = Wire.next(from.loops);
        loop.ticker().execute(() -> loop.send(flow, message));
    }

    @Test
    void aNodeIsKnownByItsCertificate() throws IOException, GeneralSecurityException, InterruptedException {
        try (Wire n2 = node("n2")) {
            Flow flow = link(n2, "n1").orElseThrow();
            assertThat(flow.node()).contains(new NodeId("n1"));
            assertThat(link(n2, "n1")).contains(flow);
            send(n2, flow, message("n2"));
            assertThat(listening.message().from().uri()).contains("n2");
            assertThat(Wire.next(listening.flows).node()).contains(new NodeId("n2"));
            assertThat(n2.message().method()).isEqualTo("OPTIONS");
        }
    }

    @Test
    void aStrangerGetsNoLink() throws IOException, GeneralSecurityException, InterruptedException {
        try (Wire stranger = node("stranger")) {
            Optional<Flow> flow = link(stranger, "n1");
            // In TLS 1.3 the client finishes first and hears of the refusal after.
            if (flow.isPresent()) {
                assertThat(Wire.next(stranger.closed)).isEqualTo(flow.get());
            }
        }
        assertThat(listening.results).isEmpty();
    }

    @Test
    void aNodeThatAnswersInPlaceOfAnotherGetsNoLink()
            throws IOException, GeneralSecurityException, InterruptedException {
        try (Wire n2 = node("n2")) {
            assertThat(link(n2, "n3")).isEmpty();
        }
    }

    @Test
    void plainTextSeesNothing() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(listening.network.nodes(), 5_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(message("nobody"));
            byte[] seen = socket.getInputStream().readAllBytes();
            // At most a TLS alert record, RFC 8446 section 6.
            assertThat(seen.length).isLessThanOrEqualTo(7);
            assertThat(seen.length == 0 || seen[0] == 21).isTrue();
        }
    }

    @Test
    void handshakesAreNoWorkOfThePhonesThreads() throws IOException, GeneralSecurityException, InterruptedException {
        try (Wire n2 = node("n2")) {
            Flow flow = link(n2, "n1").orElseThrow();
            send(n2, flow, message("n2"));
            n2.message();
            assertThat(n1.verifiers).isNotEmpty().allMatch(thread -> thread.startsWith("sip-tls"));
            listening.results.clear();
            listening.flows.clear();
        }
    }

    @Test
    void strangersWhoProveNothingGetFewPlacesAndNotForLong() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i <= NodeDoor.UNPROVED_OF_ONE_ADDRESS; i++) {
                Socket socket = new Socket();
                silent.add(socket);
                socket.connect(listening.network.nodes(), 5_000);
                socket.setSoTimeout(20_000);
            }
            // Loops accept side by side: the last to connect need not be the last to be let in.
            Socket refused = closedAtOnce(silent);
            refused.close();
            silent.remove(refused);
            silent.get(0).setSoTimeout(1);
            assertThatThrownBy(() -> silent.get(0).getInputStream().read())
                    .as("the others have until the handshake's deadline")
                    .isInstanceOf(SocketTimeoutException.class);
            silent.get(0).setSoTimeout(20_000);
            for (Socket socket : silent) {
                // At most a TLS alert record, RFC 8446 section 6.
                assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThanOrEqualTo(7);
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static Socket closedAtOnce(List<Socket> sockets) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (System.nanoTime() - end < 0) {
            for (Socket socket : sockets) {
                if (closed(socket)) {
                    return socket;
                }
            }
        }
        throw new AssertionError("nobody was closed although there was one too many");
    }

    private static boolean closed(Socket socket) throws IOException {
        socket.setSoTimeout(20);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } finally {
            socket.setSoTimeout(20_000);
        }
    }

    @Test
    void aRevokedNodeIsDisconnectedAtOnce() throws IOException, GeneralSecurityException, InterruptedException {
        try (Wire n3 = node("n3")) {
            Flow flow = link(n3, "n1").orElseThrow();
            send(n3, flow, message("n3"));
            n3.message();
            n1.revoke("n3");
            assertThat(Wire.next(n3.closed)).isEqualTo(flow);
            listening.results.clear();
            listening.flows.clear();
        }
    }
}
