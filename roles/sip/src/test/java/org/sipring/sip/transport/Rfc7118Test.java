package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIP over WebSocket on real sockets: RFC 7118, with the JDK's client and with hand-made bytes. */
final class Rfc7118Test {
    private static final NetworkSettings.Limits LIMITS =
            new NetworkSettings.Limits(8_192, 1_000, 1_000, Duration.ofSeconds(2), Duration.ofSeconds(5), 1 << 20);

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
    private Wire wire;
    private InetSocketAddress here;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        wire = new Wire(TestIdentity.without(), NetworkSettings.NODE_PORT, LIMITS);
        here = wire.loops.element().local(Transport.WS);
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private static String options(String body) {
        return """
                OPTIONS sip:sipring.test SIP/2.0
                Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK1
                From: <sip:alice@sipring.test>;tag=a
                To: <sip:sipring.test>
                Call-ID: call-1
                CSeq: 1 OPTIONS

                """
                        .replace("\n", "\r\n")
                + body;
    }

    private WebSocket connect(String subprotocol, @Nullable String origin) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        Optional.ofNullable(origin).ifPresent(page -> builder.header("Origin", page));
        return builder.subprotocols(subprotocol)
                .buildAsync(URI.create("ws://127.0.0.1:" + here.getPort() + "/any/path"), new Hearing())
                .join();
    }

    private final class Hearing implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            binaries.add(bytes);
            socket.request(1);
            return null;
        }
    }

    /** RFC 7118 section 5. */
    @Test
    void aTextMessageIsASipMessageAlsoWithoutItsLength() throws InterruptedException {
        WebSocket browser = connect("sip", null);
        assertThat(browser.getSubprotocol()).isEqualTo("sip");
        browser.sendText(options("what"), true).join();
        assertThat(wire.message().body()).hasSize(4);
        Flow flow = Wire.next(wire.flows);
        assertThat(flow.transport()).isEqualTo(Transport.WS);
        assertThat(flow.local()).isEqualTo(here);
        assertThat(Wire.next(texts)).isEqualTo(options("what"));
        browser.abort();
        assertThat(Wire.next(wire.closed)).isEqualTo(flow);
    }

    /** RFC 7118 section 4.2. */
    @Test
    void aBinaryMessageIsOneTooAndWhatIsNoTextIsAnsweredBinary() throws InterruptedException {
        byte[] message = (options("?") + "..").getBytes(StandardCharsets.UTF_8);
        message[message.length - 1] = (byte) 0xff;
        WebSocket browser = connect("sip", null);
        browser.sendBinary(ByteBuffer.wrap(message), true).join();
        assertThat(Wire.next(binaries)).isEqualTo(message);
    }

    /** RFC 6455 section 5.4. */
    @Test
    void aMessageMayComeInSeveralFrames() throws InterruptedException {
        WebSocket browser = connect("sip", null);
        String message = options("body");
        browser.sendText(message.substring(0, 50), false).join();
        browser.sendText(message.substring(50), true).join();
        assertThat(Wire.next(texts)).isEqualTo(message);
    }

    /** RFC 7118 section 6. */
    @Test
    void lineEndsKeepTheConnectionAlive() throws InterruptedException {
        connect("sip", null).sendText("\r\n\r\n", true).join();
        assertThat(Wire.next(texts)).isEqualTo("\r\n");
    }

    /** RFC 6455 section 10.2. */
    @ParameterizedTest
    @CsvSource({
        "https://sipring.test, true",
        "https://phone.sipring.test:8443, true",
        "https://pages.test, true",
        "http://pages.test, false",
        "https://evil-sipring.test, false",
        "https://evil.test, false",
        "null, false"
    })
    void aPageMustBeOfTheDomainOrListed(String origin, boolean may) {
        if (may) {
            assertThat(connect("sip", origin).isOutputClosed()).isFalse();
        } else {
            assertThatThrownBy(() -> connect("sip", origin))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> assertThat(
                                    refused.getResponse().statusCode())
                            .isEqualTo(403));
        }
    }

    /** RFC 7118 section 4.1. */
    @Test
    void anotherSubprotocolIsRefused() {
        assertThatThrownBy(() -> connect("chat", null))
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> assertThat(
                                refused.getResponse().statusCode())
                        .isEqualTo(400));
    }

    private Socket raw(String text) throws IOException {
        Socket socket = new Socket();
        socket.connect(here, 5_000);
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void theHeadOfAnUpgradeCountsAmongWhatHasNotArrivedWhole() throws IOException {
        try (Socket half = raw("GET / HTTP/1.1\nHost: sipring.test\n")) {
            // Before the deadline of the upgrade, which is longer.
            half.setSoTimeout(6_000);
            assertThat(half.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket upgraded() throws IOException {
        Socket socket = raw(
                """
                GET / HTTP/1.1
                Host: sipring.test
                Connection: keep-alive, Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Protocol: chat, sip
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """);
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).containsIgnoringCase("101 ").containsIgnoringCase("sec-websocket-protocol: sip");
        return socket;
    }

    /** RFC 6455 section 4.2. */
    @Test
    void anOrdinaryRequestIsToldToUpgrade() throws IOException {
        try (Socket socket = raw("GET / HTTP/1.1\nHost: sipring.test\n\n")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 426 ")
                    .containsIgnoringCase("sec-websocket-version: 13");
        }
    }

    /** RFC 6455 section 10.4. */
    @Test
    void aFrameThatSaysItIsTooLongIsRefusedBeforeItComes() throws IOException {
        try (Socket socket = upgraded()) {
            // Text, masked, of 1 GiB.
            socket.getOutputStream()
                    .write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4});
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
        }
    }

    /** RFC 6455 section 10.4. */
    @Test
    void framesThatAddUpToTooMuchAreRefused() throws IOException {
        try (Socket socket = upgraded()) {
            byte[] part = new byte[8 + 4_000];
            byte[] head = {0x01, (byte) 0xfe, 0x0f, (byte) 0xa0, 0, 0, 0, 0};
            System.arraycopy(head, 0, part, 0, head.length);
            socket.getOutputStream().write(part);
            part[0] = 0;
            socket.getOutputStream().write(part);
            socket.getOutputStream().write(part);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(wire.results).isEmpty();
    }

    /** RFC 6455 section 10.4. */
    @Test
    void aMessageOfEmptyFramesIsRefused() throws IOException {
        try (Socket socket = upgraded()) {
            // Sooner than any message must end.
            socket.setSoTimeout(1_500);
            socket.getOutputStream().write(new byte[] {0x01, (byte) 0x81, 0, 0, 0, 0, 'O'});
            socket.getOutputStream().write(new byte[] {0x00, (byte) 0x80, 0, 0, 0, 0});
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aMessageThatHasBegunMustEndInTime() throws IOException, InterruptedException {
        WebSocket browser = connect("sip", null);
        browser.sendText(options("body"), true).join();
        Flow flow = Wire.next(wire.flows);
        browser.sendText("OPTIONS ", false).join();
        assertThat(Wire.next(wire.closed)).isEqualTo(flow);
    }

    @Test
    void whoDoesNotUpgradeIsClosedInTime() throws IOException {
        try (Socket socket = raw("GET / HTTP/1.1\n")) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** RFC 6455 section 5.5.2. */
    @Test
    void aPingIsAnsweredWithItsContent() throws IOException {
        try (Socket socket = upgraded()) {
            socket.getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'});
            assertThat(socket.getInputStream().readNBytes(4)).isEqualTo(new byte[] {(byte) 0x8a, 2, 'h', 'i'});
        }
    }

    /** A browser answers pings by itself, RFC 6455 section 5.5.3. */
    @Test
    void whoIsSilentIsPingedAndClosedWhenItDoesNotAnswer() throws IOException, GeneralSecurityException {
        NetworkSettings.Limits limits =
                new NetworkSettings.Limits(8_192, 10, 10, Duration.ofMinutes(1), Duration.ofSeconds(1), 1 << 20);
        try (Wire brief = new Wire(TestIdentity.without(), NetworkSettings.NODE_PORT, limits)) {
            here = brief.loops.element().local(Transport.WS);
            try (Socket socket = upgraded()) {
                for (int answered = 0; answered < 2; answered++) {
                    assertThat(socket.getInputStream().readNBytes(2)).isEqualTo(new byte[] {(byte) 0x89, 0});
                    socket.getOutputStream().write(new byte[] {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0});
                }
                assertThat(socket.getInputStream().readNBytes(2)).isEqualTo(new byte[] {(byte) 0x89, 0});
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    /** RFC 6455 section 5.1. */
    @Test
    void whatIsNotMaskedIsNotWebSocket() throws IOException {
        try (Socket socket = upgraded()) {
            socket.getOutputStream().write(new byte[] {(byte) 0x81, 2, 'h', 'i'});
            byte[] seen = socket.getInputStream().readAllBytes();
            // At most a close frame with its reason, RFC 6455 section 5.5.1.
            assertThat(seen.length == 0 || seen[0] == (byte) 0x88)
                    .as(Arrays.toString(seen))
                    .isTrue();
        }
    }
}
