package org.sipring.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests with bodies. RFC 9112 section 6, RFC 9110 section 10.1.1. */
class HttpBodiesTest {
    private static final int MOST = 10;

    private final HttpServer server =
            new HttpServer(new HttpServer.Limits(3, 3, Duration.ofSeconds(90), Duration.ofSeconds(90)), new Echo());
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Says what it has heard; whoever is trusted may say more. */
    private static final class Echo implements HttpService {
        @Override
        public int bodyBytes(HttpRequest head) {
            return head.field("Trusted").isPresent() ? 10 * MOST : MOST;
        }

        @Override
        public CompletionStage<HttpReply> answer(HttpRequest request) {
            if (request.path().equals("/file")) {
                return CompletableFuture.completedFuture(HttpReply.file("text/plain", opened()));
            }
            String text = request.method()
                    + ' '
                    + request.path()
                    + ' '
                    + request.query()
                    + ' '
                    + new String(request.body(), StandardCharsets.UTF_8);
            HttpReply reply = request.oversize() ? HttpReply.text(413, "too much") : HttpReply.text(200, text);
            return CompletableFuture.completedFuture(
                    reply.with("Seen", String.valueOf(request.fields().get("x"))));
        }
    }

    private static final String LONG = "0123456789abcdef".repeat(20_000);

    @TempDir
    static Path folder;

    private static final List<FileChannel> OPENED = new CopyOnWriteArrayList<>();

    private static FileChannel opened() {
        try {
            FileChannel file = FileChannel.open(Files.writeString(folder.resolve("long"), LONG));
            OPENED.add(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileIsSentPartByPartAndClosed() throws Exception {
        String get = " /file HTTP/1.1\r\nHost: x\r\n";
        assertThat(ask("HEAD" + get + "Connection: close\r\n\r\n"))
                .contains("content-length: 320000\r\n")
                .endsWith("\r\n\r\n");
        assertThat(ask("GET" + get + "Connection: close\r\n\r\n")).endsWith("\r\n\r\n" + LONG);
        try (Socket leaves = new Socket(address.getAddress(), address.getPort())) {
            leaves.getOutputStream().write(("GET" + get + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(leaves.getInputStream().read()).isEqualTo('H');
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (OPENED.stream().anyMatch(FileChannel::isOpen) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(OPENED).hasSize(3).noneMatch(FileChannel::isOpen);
    }

    @BeforeEach
    void start() throws Exception {
        address = server.start(address, "a setting");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String ask(String... parts) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(10_000);
            for (String part : parts) {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String head(String method, String... fields) {
        return method + " /echo?q=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + String.join("\r\n", fields)
                + "\r\n\r\n";
    }

    @Test
    void aServiceIsToldMethodPathQueryAndBody() throws Exception {
        assertThat(ask(head("PATCH", "Content-Length: 4"), "ab", "cd"))
                .startsWith("HTTP/1.1 200")
                .endsWith("PATCH /echo q=1 abcd\n");
        assertThat(ask(head("DELETE", "X: one", "x: two")))
                .contains("Seen: one, two\r\n")
                .endsWith("DELETE /echo q=1 \n");
    }

    @Test
    void aBodyMayComeInChunks() throws Exception {
        assertThat(ask(head("PUT", "Transfer-Encoding: chunked"), "2\r\nab\r\n", "3\r\ncde\r\n0\r\n\r\n"))
                .endsWith("PUT /echo q=1 abcde\n");
    }

    @Test
    void tooLongABodyIsNotRead() throws Exception {
        assertThat(ask(head("PUT", "Content-Length: 11"))).startsWith("HTTP/1.1 413");
        assertThat(ask(head("PUT", "Content-Length: 1000000"), "a".repeat(1_000_000)))
                .startsWith("HTTP/1.1 413")
                .contains("onnection: close\r\n")
                .endsWith("too much\n");
        assertThat(ask(head("PUT", "Transfer-Encoding: chunked"), "b\r\nabcdefghijk\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void whoIsKnownMayBeGivenMore() throws Exception {
        assertThat(ask(head("PUT", "Trusted: yes", "Content-Length: 11"), "abcdefghijk"))
                .startsWith("HTTP/1.1 200");
        assertThat(ask(head("PUT", "Trusted: yes", "Content-Length: 101"))).startsWith("HTTP/1.1 413");
    }

    @Test
    void whoAsksFirstIsToldToGoOnOrNot() throws Exception {
        assertThat(ask(head("PUT", "Expect: 100-continue", "Content-Length: 2"), "ab"))
                .startsWith("HTTP/1.1 100 Continue\r\n")
                .contains("HTTP/1.1 200")
                .endsWith("ab\n");
        assertThat(ask(head("PUT", "Expect: 100-continue", "Content-Length: 11")))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void garbageInsteadOfALengthIsRefused() throws Exception {
        assertThat(ask(head("PUT", "Content-Length: -1"))).startsWith("HTTP/1.1 400");
        assertThat(ask(head("PUT", "Content-Length: 1", "Content-Length: 2"))).startsWith("HTTP/1.1 400");
    }
}
