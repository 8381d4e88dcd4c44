package org.sipring.overlay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.RoleName;
import org.sipring.overlay.forming.OverlayRefusedException;
import org.sipring.overlay.forming.Roster;
import org.sipring.overlay.forming.RosterFile;
import org.sipring.overlay.forming.Wish;
import org.sipring.overlay.tls.TlsProtocols;
import org.sipring.testkit.TestCa;
import org.slf4j.LoggerFactory;

/** Who may not join, and what whoever knocks on the port gets to see. One member, n1, is there. */
@Tag("acceptance")
class StrangersTest {
    private static final byte ALERT = 21;

    @TempDir
    static Path directory;

    private static TestPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = new TestPlatform(directory, 2);
        platform.ca().issue("late", "-9d", TestCa.sans("late", TestPlatform.DOMAIN, "proxy"));
        platform.ca().node("elsewhere", "other.test", "proxy");
        platform.node(1).start(Wish.BOOTSTRAP);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void aCertificateOfAnotherCaIsRefusedAndTheNodeSaysSo() throws Exception {
        TestCa other = new TestCa(Files.createDirectories(directory.resolve("other")));
        other.node("n9", TestPlatform.DOMAIN, "proxy");

        awaitSaid(new TestIdentity(other, "n9"), "another CA");
    }

    @Test
    void anExpiredCertificateIsRefusedAndTheNodeSaysSo() throws Exception {
        awaitSaid(new TestIdentity(platform.ca(), "late"), "expired");
    }

    @Test
    void aCertificateForAnotherDomainIsRefusedAndTheNodeSaysSo() throws Exception {
        awaitSaid(new TestIdentity(platform.ca(), "elsewhere"), "domain sipring.test");
    }

    @Test
    void aRevokedCertificateIsRefusedAndTheNodeSaysSo() throws Exception {
        platform.ca().node("gone", TestPlatform.DOMAIN, "proxy");
        platform.identity(1).revoke("gone");

        awaitSaid(new TestIdentity(platform.ca(), "gone"), "it is revoked");
    }

    @Test
    void aRoleThatIsNotInTheCertificateIsRefused() throws Exception {
        try (TestNode node = stranger(platform.identity(2), Set.of(RoleName.MANAGER))) {
            assertThatThrownBy(() -> node.start(Wish.JOIN))
                    .isInstanceOf(OverlayRefusedException.class)
                    .hasMessageContaining("role manager is not in the certificate");
        }
    }

    @Test
    void aNodeOfAnotherPlatformIsRefused() throws Exception {
        Path data = directory.resolve("foreign");
        new RosterFile(data).write(new Roster("0123456789abcdef", 3, List.of()));
        try (TestNode node = stranger(platform.identity(2), data)) {
            assertThatThrownBy(() -> node.start(Wish.JOIN))
                    .isInstanceOf(OverlayRefusedException.class)
                    .hasMessageContainingAll("0123456789abcdef", "platforms never merge");
        }
    }

    @Test
    void aSecondBootstrapIsRefused() throws Exception {
        try (TestNode node = stranger(platform.identity(2), directory.resolve("second"))) {
            assertThatThrownBy(() -> node.start(Wish.BOOTSTRAP))
                    .hasMessageContaining("--bootstrap makes a new platform");
        }
    }

    @Test
    void aPlainTextConnectionGetsAlertsAndNothingElse() throws Exception {
        for (String words : List.of("HZC", "GET / HTTP/1.1\r\nHost: n1\r\n\r\n", "CB2TXT", "HZC and some more")) {
            byte[] answer = talk(words.getBytes(US_ASCII));
            assertThat(answer.length).as(words).isIn(7, 14);
            for (int record = 0; record < answer.length; record += 7) {
                assertThat(answer[record]).as(words).isEqualTo(ALERT);
                assertThat(answer[record + 4]).as(words).isEqualTo((byte) 2);
            }
        }
    }

    /** A close before the alert is out would reset the connection, and the operator of that node would read no reason. */
    @RepeatedTest(100)
    void aRefusedNodeAlwaysSeesTheAlert() throws Exception {
        TestIdentity late = new TestIdentity(platform.ca(), "late");
        try (Socket plain = connect("127.0.0.75");
                SSLSocket socket =
                        (SSLSocket) late.tls().getSocketFactory().createSocket(plain, "n1", plain.getPort(), true)) {
            socket.setSSLParameters(TlsProtocols.strict(socket.getSSLParameters(), TlsProtocols.MEET));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("fatal alert");
        }
    }

    @Test
    void aSlowHandshakeIsEndedAtItsDeadline() throws Exception {
        long began = System.nanoTime();
        assertThat(talk(new byte[] {22, 3, 1})).hasSizeLessThanOrEqualTo(64);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(12));
    }

    @Test
    void oneAddressCannotTakeAllPlaces() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                sockets.add(connect("127.0.0.77"));
            }
            Socket last = sockets.get(29);
            last.setSoTimeout(2_000);
            assertThat(end(last)).isEmpty();
            try (Socket neighbour = connect("127.0.0.78")) {
                neighbour.getOutputStream().write("HZC and some more".getBytes(US_ASCII));
                assertThat(end(neighbour)).hasSize(7);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** What a node logs while it cannot join; the platform does not notice. */
    private static void awaitSaid(TestIdentity identity, String wanted) throws Exception {
        Queue<String> said = new ConcurrentLinkedQueue<>();
        CountDownLatch warned = new CountDownLatch(1);
        AppenderBase<ILoggingEvent> ears = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                said.add(event.getFormattedMessage());
                if (event.getFormattedMessage().contains(wanted)) {
                    warned.countDown();
                }
            }
        };
        Logger log = (Logger) LoggerFactory.getLogger("org.sipring.overlay.forming.Entrance");
        ears.start();
        log.addAppender(ears);
        Path data = directory.resolve("stranger-" + identity.self().node());
        try (TestNode node = stranger(identity, data)) {
            CompletableFuture<Void> starting = node.starting(Wish.JOIN);
            assertThat(warned.await(45, TimeUnit.SECONDS)).as("said: %s", said).isTrue();
            assertThat(starting).isNotDone();
        } finally {
            log.detachAppender(ears);
        }
        assertThat(platform.running(1).overlay.view().members()).hasSize(1);
    }

    private static TestNode stranger(TestIdentity identity, Path data) throws IOException {
        return stranger(identity, data, Set.of(RoleName.PROXY));
    }

    private static TestNode stranger(TestIdentity identity, Set<RoleName> roles) throws IOException {
        return stranger(identity, directory.resolve("roles"), roles);
    }

    private static TestNode stranger(TestIdentity identity, Path data, Set<RoleName> roles) throws IOException {
        List<InetSocketAddress> seeds = List.of(platform.address(1));
        return new TestNode(identity, TestNode.free("127.0.0.79"), data, () -> Optional.of(seeds), roles);
    }

    private static Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(platform.address(1), 2_000);
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static byte[] talk(byte[] words) throws IOException {
        try (Socket socket = connect("127.0.0.76")) {
            socket.getOutputStream().write(words);
            socket.getOutputStream().flush();
            return end(socket);
        }
    }

    private static byte[] end(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }
}
