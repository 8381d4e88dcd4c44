package org.sipring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.testkit.TestCa;

class HttpsServerTest {
    @TempDir
    Path folder;

    private TestCa ca;
    private volatile String shown = "n1";
    private HttpServer server;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        ca = new TestCa(folder)
                .node("n1", "sipring.test", "*")
                .node("n2", "sipring.test", "*")
                .node("ops", "sipring.test", "operator");
        server = new HttpServer(
                new HttpServer.Limits(3, 3, Duration.ofSeconds(2), Duration.ofSeconds(90)),
                new WhoAsks(),
                this::engine);
        address = server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "a setting");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Says whose certificate it has seen. */
    private static final class WhoAsks implements HttpService {
        @Override
        public int bodyBytes(HttpRequest head) {
            return 0;
        }

        @Override
        public CompletionStage<HttpReply> answer(HttpRequest request) {
            SSLSession session = request.peer().tls().orElseThrow();
            return CompletableFuture.completedFuture(HttpReply.text(200, name(session)));
        }

        private static String name(SSLSession session) {
            try {
                return ((X509Certificate) session.getPeerCertificates()[0])
                        .getSubjectX500Principal()
                        .getName();
            } catch (SSLPeerUnverifiedException none) {
                return "nobody";
            }
        }
    }

    private SSLEngine engine() {
        try {
            SSLEngine engine = context(ca.keys(shown).getKeyManagers()).createSSLEngine();
            engine.setWantClientAuth(true);
            return engine;
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private SSLContext context(KeyManager... keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", ca.certificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        TrustManager[] managers = trust.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, managers, null);
        return context;
    }

    private String ask(KeyManager... keys) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) context(keys).getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            X509Certificate of = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return of.getSubjectX500Principal().getName() + " hears " + reply.substring(reply.indexOf("\r\n\r\n") + 4);
        }
    }

    @Test
    void aClientMayShowItsCertificateOrNone() throws Exception {
        assertThat(ask()).isEqualTo("CN=n1 hears nobody\n");
        assertThat(ask(ca.keys("ops").getKeyManagers())).isEqualTo("CN=n1 hears CN=ops\n");
    }

    @Test
    void aRenewedCertificateIsShownToNewConnections() throws Exception {
        shown = "n2";
        assertThat(ask()).isEqualTo("CN=n2 hears nobody\n");
    }

    @Test
    void whoSpeaksNoTlsIsClosed() throws Exception {
        try (Socket plain = new Socket(address.getAddress(), address.getPort())) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String reply = new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(reply).doesNotContain("HTTP/1.1 2");
        }
        assertThat(ask()).endsWith("nobody\n");
    }

    @Test
    void whoShakesNoHandsIsClosed() throws Exception {
        try (Socket silent = new Socket(address.getAddress(), address.getPort())) {
            silent.setSoTimeout(10_000);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsSetting() {
        try (HttpServer second = new HttpServer(HttpServer.Limits.ORDINARY, new WhoAsks(), this::engine)) {
            assertThatThrownBy(() -> second.start(address, "provisioning.port"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("choose another with provisioning.port");
        }
    }
}
