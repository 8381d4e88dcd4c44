package org.sipring.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final HttpPage ALIVE = HttpPage.of(() -> HttpReply.text(200, "alive"));

    private final HttpPages pages = new HttpPages();
    private final HttpServer server = new HttpServer(new HttpServer.Limits(3, 3, LONG, LONG), pages);
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @BeforeEach
    void start() throws Exception {
        pages.route("/healthz", ALIVE)
                .route("/status", HttpPage.of(() -> HttpReply.json("{}".getBytes(StandardCharsets.UTF_8))));
        address = server.start(address, "http.port");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return readAll(socket.getInputStream());
        }
    }

    // A server that closes with unread input resets the connection; what came before counts.
    private static String readAll(InputStream in) {
        StringBuilder text = new StringBuilder();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                text.append((char) octet);
            }
        } catch (IOException reset) {
            text.append("[reset]");
        }
        return text.toString();
    }

    @Test
    void statusIsJson() throws Exception {
        HttpResponse<String> reply = get("/status?pretty=1");
        assertThat(reply.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(reply.body()).isEqualTo("{}");
    }

    @Test
    void anUnknownPathIs404() throws Exception {
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void otherMethodsAre405AndNameTheAllowedOnes() throws Exception {
        HttpResponse<String> reply = send(request("/status").method("DELETE", HttpRequest.BodyPublishers.noBody()));
        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        HttpResponse<String> reply = send(request("/healthz").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(reply.headers().firstValue("content-length")).hasValue("6");
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void bodiesAreRefused() throws Exception {
        HttpResponse<String> reply = send(request("/status").POST(HttpRequest.BodyPublishers.ofString("x")));
        assertThat(reply.statusCode()).isEqualTo(413);
    }

    @Test
    void onlyPagesThatChangeSomethingTakePostAndAreToldTheProof() throws Exception {
        HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
        HttpResponse<String> reply = send(request("/status").POST(nothing));
        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(send(request("/nowhere").POST(nothing)).statusCode()).isEqualTo(404);
        pages.route("/change", new HttpPage() {
            @Override
            public CompletionStage<HttpReply> get(String query) {
                return CompletableFuture.completedFuture(HttpReply.text(200, "unchanged"));
            }

            @Override
            public CompletionStage<HttpReply> post(String query, Optional<String> authorization) {
                return CompletableFuture.completedFuture(HttpReply.text(200, query + " " + authorization.orElse("-")));
            }
        });
        assertThat(get("/change?x=1").body()).isEqualTo("unchanged\n");
        assertThat(send(request("/change?x=1").POST(nothing)).body()).isEqualTo("x=1 -\n");
        assertThat(send(request("/change?x=1")
                                .header("Authorization", "Bearer k")
                                .POST(nothing))
                        .body())
                .isEqualTo("x=1 Bearer k\n");
    }

    @Test
    void aPageMayCompleteLaterAndElsewhere() throws Exception {
        pages.route("/later", query -> CompletableFuture.supplyAsync(() -> HttpReply.text(200, query)));
        assertThat(get("/later?x=y").body()).isEqualTo("x=y\n");
    }

    @Test
    void aBrokenPageIs500AndTheServerLives() throws Exception {
        pages.route("/broken", HttpPage.of(() -> {
            throw new IllegalStateException("made by the test");
        }));
        assertThat(get("/broken").statusCode()).isEqualTo(500);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void oversizeAndGarbageAreRefused() throws Exception {
        assertThat(raw("GET /" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414");
        assertThat(raw("GET / HTTP/1.1\r\nX: " + "a".repeat(9000) + "\r\n\r\n")).startsWith("HTTP/1.1 431");
        assertThat(raw("\u0016\u0003\u0001 what is this\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void aConnectionServesOneRequestAfterTheOther() throws Exception {
        try (Socket socket = connect()) {
            for (int round = 0; round < 3; round++) {
                askAlive(socket);
            }
        }
    }

    private static void askAlive(Socket socket) throws IOException {
        ask(socket, "/healthz");
        StringBuilder reply = new StringBuilder();
        for (int octet = 0; octet >= 0 && reply.indexOf("alive\n") < 0; ) {
            octet = socket.getInputStream().read();
            reply.append((char) octet);
        }
        assertThat(reply.toString()).startsWith("HTTP/1.1 200").endsWith("alive\n");
    }

    private static void ask(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aNewcomerTakesThePlaceOfTheConnectionThatIsIdleForLongest() throws Exception {
        try (Socket one = connect();
                Socket two = connect();
                Socket three = connect()) {
            for (Socket socket : List.of(one, two, three, one)) {
                askAlive(socket);
            }
            try (Socket four = connect()) {
                askAlive(four);
                assertThat(readAll(two.getInputStream())).isIn("", "[reset]");
                askAlive(three);
                askAlive(one);
            }
        }
    }

    @Test
    void aNewcomerIsTurnedAwayWhileAllOthersAreBeingAnswered() throws Exception {
        CompletableFuture<HttpReply> late = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(3);
        pages.route("/late", query -> {
            asked.countDown();
            return late;
        });
        try (Socket one = connect();
                Socket two = connect();
                Socket three = connect()) {
            for (Socket socket : List.of(one, two, three)) {
                ask(socket, "/late");
            }
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(raw("")).isIn("", "[reset]");
            late.complete(HttpReply.text(200, "at last"));
            assertThat(one.getInputStream().read()).isEqualTo('H');
            try (Socket four = connect()) {
                askAlive(four);
            }
        }
    }

    @Test
    void oneAddressLeavesPlacesToOthers() throws Exception {
        try (HttpServer small = new HttpServer(new HttpServer.Limits(3, 2, LONG, LONG), pages)) {
            address = small.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "http.port");
            try (Socket other = connectFrom("127.0.0.2");
                    Socket one = connect();
                    Socket two = connect();
                    Socket three = connect()) {
                askAlive(three);
                assertThat(readAll(one.getInputStream())).isIn("", "[reset]");
                askAlive(two);
                askAlive(other);
            }
        }
    }

    private Socket connectFrom(String source) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort(), InetAddress.getByName(source), 0);
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void aSlowSenderIsClosed() throws Exception {
        try (HttpServer hasty = new HttpServer(new HttpServer.Limits(3, 3, Duration.ofMillis(100), LONG), pages)) {
            address = hasty.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "http.port");
            assertThat(raw("GET /heal")).isIn("", "[reset]");
        }
    }
}
