package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.tls.CertificateFolder;
import org.sipring.sip.tls.PemPair;

/** SIP over TLS with phones on real sockets: RFC 3261 section 26.2.1. */
final class PhoneTlsTest {
    private static final NetworkSettings.Limits LIMITS =
            new NetworkSettings.Limits(65_535, 1_000, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(5), 1 << 20);
    private static final byte[] OPTIONS =
            """
            OPTIONS sip:sipring.test SIP/2.0
            Via: SIP/2.0/TLS 127.0.0.1:5070;branch=z9hG4bK1
            From: <sip:alice@sipring.test>;tag=a
            To: <sip:sipring.test>
            Call-ID: call-1
            CSeq: 1 OPTIONS
            Content-Length: 0

            """
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static CertificateFolder certificates;
    private static SSLContext trusting;

    private Wire wire;
    private InetSocketAddress here;

    @BeforeAll
    static void make() throws Exception {
        Path shown = folder.resolve("shown");
        PemPair.make(folder, "EC", "dns:sipring.test").write(shown, "a");
        PemPair.make(folder, "RSA", "dns:example.org").write(shown, "b");
        certificates = CertificateFolder.open(shown, Optional.empty());
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Everybody()}, null);
    }

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        wire = new Wire(new Credentials(TestIdentity.without(), certificates), NetworkSettings.NODE_PORT, LIMITS);
        here = wire.loops.element().local(Transport.TLS);
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private SSLSocket connect(String version, String host) throws IOException {
        SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket();
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {version});
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.connect(here, 5_000);
        socket.startHandshake();
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aPhoneIsHeardAndAnsweredOverItsConnection(String version) throws IOException, InterruptedException {
        try (SSLSocket phone = connect(version, "sipring.test")) {
            assertThat(phone.getSession().getProtocol()).isEqualTo(version);
            phone.getOutputStream().write(OPTIONS);
            assertThat(phone.getInputStream().readNBytes(OPTIONS.length)).isEqualTo(OPTIONS);
            Flow flow = Wire.next(wire.flows);
            assertThat(flow.transport()).isEqualTo(Transport.TLS);
            assertThat(flow.local()).isEqualTo(here);
            assertThat(flow.node()).isEmpty();
            phone.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(phone.getInputStream().readNBytes(2))
                    .as("RFC 5626 section 4.4.1")
                    .containsExactly('\r', '\n');
        }
        assertThat(Wire.next(wire.closed).transport()).isEqualTo(Transport.TLS);
    }

    /** RFC 6066 section 3. */
    @ParameterizedTest
    @CsvSource({
        "sipring.test, CN=dns sipring.test, TLSv1.3",
        "example.org, CN=dns example.org, TLSv1.3",
        "example.org, CN=dns example.org, TLSv1.2",
        "nobody.test, CN=dns sipring.test, TLSv1.2"
    })
    void thePhoneSeesTheCertificateOfTheNameThatItAsksFor(String asked, String subject, String version)
            throws IOException {
        try (SSLSocket phone = connect(version, asked)) {
            X509Certificate seen = (X509Certificate) phone.getSession().getPeerCertificates()[0];
            assertThat(seen.getSubjectX500Principal().getName()).isEqualTo(subject);
        }
    }

    @Test
    void newCertificatesAreSeenByTheNextPhone() throws Exception {
        Path changing = folder.resolve("changing");
        PemPair.make(folder, "EC", "dns:old.test").write(changing, "a");
        CertificateFolder live = CertificateFolder.open(changing, Optional.empty());
        try (Wire other = new Wire(new Credentials(TestIdentity.without(), live), NetworkSettings.NODE_PORT, LIMITS)) {
            here = other.loops.element().local(Transport.TLS);
            PemPair renewed = PemPair.make(folder, "EC", "dns:new.test");
            try (SSLSocket before = connect("TLSv1.3", "x.test")) {
                renewed.write(changing, "a");
                live.look();
                try (SSLSocket after = connect("TLSv1.3", "x.test")) {
                    assertThat(after.getSession().getPeerPrincipal().getName()).isEqualTo("CN=dns new.test");
                }
                before.getOutputStream().write(OPTIONS);
                assertThat(before.getInputStream().readNBytes(OPTIONS.length))
                        .as("open connections stay")
                        .isEqualTo(OPTIONS);
            }
        }
    }

    @Test
    void nothingOlderThanTls12AndNothingInTheClear() throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(here, 5_000);
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write(OPTIONS);
            // At most a TLS alert record, RFC 8446 section 6.
            assertThat(plain.getInputStream().readAllBytes()).hasSizeLessThanOrEqualTo(7);
        }
        assertThat(wire.results).isEmpty();
    }

    @Test
    void whatAStolenKeyWouldOpenIsNotSpoken() throws IOException {
        try (SSLSocket phone = (SSLSocket) trusting.getSocketFactory().createSocket()) {
            phone.setEnabledProtocols(new String[] {"TLSv1.2"});
            phone.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_GCM_SHA256"});
            phone.connect(here, 5_000);
            assertThatThrownBy(phone::startHandshake).isInstanceOfAny(SSLException.class, SocketException.class);
        }
    }

    @Test
    void aPhoneThatSaysNothingAfterItsHandshakeIsClosedInTime() throws IOException {
        try (SSLSocket phone = connect("TLSv1.3", "sipring.test")) {
            assertThat(phone.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoSaysNothingTakesNobodysPlace() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i <= PhoneDoor.HANDSHAKES_OF_ONE_ADDRESS; i++) {
                Socket socket = new Socket();
                silent.add(socket);
                socket.connect(here, 5_000);
            }
            try (SSLSocket phone = connect("TLSv1.3", "sipring.test")) {
                assertThat(phone.getSession().isValid()).isTrue();
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void onlySoManyHandshakesOfOneAddressAreUnderWay() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i <= PhoneDoor.HANDSHAKES_OF_ONE_ADDRESS; i++) {
                Socket socket = new Socket();
                silent.add(socket);
                socket.connect(here, 5_000);
                // The head of a record of a handshake, and nothing of what it promises.
                socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0});
            }
            // Which of them is the last to be accepted is up to the loops.
            long closed = 0;
            for (Socket socket : silent) {
                closed += endsWithin(50, socket) ? 1 : 0;
            }
            assertThat(closed).isEqualTo(1);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private static boolean endsWithin(int millis, Socket socket) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException open) {
            return false;
        }
    }

    @Test
    void aPhoneNeedNoCertificateButAWrongOneIsRefused() throws Exception {
        Path asked = folder.resolve("asked");
        PemPair mine = PemPair.make(folder, "EC", "dns:phone.test");
        PemPair.make(folder, "EC", "dns:sipring.test").write(asked, "a");
        mine.write(folder.resolve("ca"), "ca");
        CertificateFolder asking =
                CertificateFolder.open(asked, Optional.of(folder.resolve("ca").resolve("ca.crt")));
        try (Wire other =
                new Wire(new Credentials(TestIdentity.without(), asking), NetworkSettings.NODE_PORT, LIMITS)) {
            here = other.loops.element().local(Transport.TLS);
            try (SSLSocket without = connect("TLSv1.2", "sipring.test")) {
                assertThat(without.getSession().isValid()).isTrue();
            }
            TestIdentity.keys(folder, "stranger");
            trusting = with(new KeyManager[] {new Insistent(TestIdentity.keyManager(folder, "stranger"))});
            assertThatThrownBy(() -> connect("TLSv1.2", "sipring.test").close())
                    .isInstanceOfAny(SSLException.class, SocketException.class);
        } finally {
            trusting = with(null);
        }
    }

    private static SSLContext with(KeyManager @Nullable [] keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Everybody()}, null);
        return context;
    }

    /** Shows its certificate also to who has named other CAs. */
    private static final class Insistent extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        private Insistent(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return keys.getClientAliases("EC", null)[0];
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return keys.getClientAliases(type, issuers);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(type, issuers, socket);
        }
    }

    /** Trusts everybody: these tests look at what is shown. */
    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
