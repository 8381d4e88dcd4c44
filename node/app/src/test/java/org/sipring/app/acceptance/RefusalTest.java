package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.certs.Authority;
import org.sipring.certs.IssueRequest;
import org.sipring.runtime.SystemChance;

/**
 * Who may not join: says why on its own console, and is refused by every node even when it does not judge itself. One
 * demo for all, so that its end shows that none of them disturbed it; the one who is cast out comes last.
 */
@Tag("acceptance")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RefusalTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> NODES = List.of("n1", "n2", "n3");
    private static final String ALERT = "SSL alert number ";

    private final Path dir;
    private final DemoRun demo;

    RefusalTest(@TempDir Path dir) {
        this.dir = dir;
        this.demo = DemoRun.start(dir.resolve("demo"));
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    @BeforeAll
    void aGoodCertificateIsWelcomeAtBothPorts() {
        Path own = demo.dir().resolve("nodes/n2");
        assertThat(Impostor.overlay(own, "127.0.0.11")).contains("TLSv1.3").doesNotContain(ALERT);
        assertThat(Impostor.sip(own, "127.0.0.11")).contains("TLSv1.3").doesNotContain(ALERT);
    }

    @Test
    @Order(1)
    void aNodeOfAnotherCaIsRefused() {
        Path ca = dir.resolve("other-ca");
        Command.sipring(LIMIT, "ca", "init", "--domain", "sipring.test", "--out", ca.toString())
                .succeeded();
        Path identity = issue("n4", ca, "proxy");
        try (Stranger stranger = new Stranger(identity, config())) {
            stranger.says("waiting to join", "127.0.0.11", "is of another CA than this platform's");
        }
        refusedEverywhere(identity);
        noTraceOf("n4");
    }

    @Test
    @Order(2)
    void anExpiredNodeIsRefused() throws Exception {
        Path identity = dir.resolve("n5");
        Duration month = Duration.ofDays(30);
        InstantSource past = InstantSource.fixed(Instant.now().minus(month.multipliedBy(2)));
        Authority.open(demo.dir().resolve("ca"), past, new SystemChance())
                .issue(new IssueRequest("n5", List.of("proxy"), List.of("127.0.0.15"), month), identity);
        try (Stranger stranger = new Stranger(identity, config())) {
            stranger.endsSaying("node.crt has expired at", "renew it");
        }
        refusedEverywhere(identity);
        noTraceOf("n5");
    }

    @Test
    @Order(3)
    void aNodeOfAnotherDomainIsRefusedEvenIfTheCaSignedIt() throws Exception {
        Path ca = demo.dir().resolve("ca");
        Path identity = issue("n6", ca, "proxy");
        signForDomain("other.test", identity, ca);
        try (Stranger stranger = new Stranger(identity, config())) {
            stranger.endsSaying("node.crt is for domain other.test, not for sipring.test");
        }
        refusedEverywhere(identity);
        noTraceOf("n6");
    }

    /** What {@code sipring ca} never does: the CA's key signs a node certificate of a domain that is not the CA's. */
    private void signForDomain(String domain, Path identity, Path ca) throws IOException {
        Path extensions = Files.write(
                dir.resolve("extensions"),
                List.of(
                        "basicConstraints=critical,CA:FALSE",
                        "keyUsage=critical,digitalSignature",
                        "extendedKeyUsage=serverAuth,clientAuth",
                        "subjectAltName=URI:sipring:node:n6,URI:sipring:role:proxy,URI:sip:" + domain
                                + ",IP:127.0.0.16"));
        Path request = dir.resolve("n6.csr");
        String key = identity.resolve("node.key").toString();
        Command.run(LIMIT, "openssl", "req", "-new", "-subj", "/CN=n6", "-key", key, "-out", request.toString())
                .succeeded();
        List<String> sign =
                List.of(("openssl x509 -req -sha256 -days 30 -set_serial 77 -in %s -CA %s/ca.crt -CAkey %s/ca.key"
                                + " -extfile %s -out %s/node.crt")
                        .formatted(request, ca, ca, extensions, identity)
                        .split(" "));
        Command.run(LIMIT, sign).succeeded();
    }

    @Test
    @Order(4)
    void aRoleThatTheCertificateDoesNotGiveIsRefused() throws Exception {
        Path identity = issue("n7", demo.dir().resolve("ca"), "proxy");
        Path config = Files.copy(config(), dir.resolve("n7.conf"));
        Files.writeString(config, Files.readString(config) + "node.roles = [proxy, manager]" + System.lineSeparator());
        try (Stranger stranger = new Stranger(identity, config)) {
            stranger.endsSaying("node.roles", "n7.conf:", "the certificate of n7 does not permit 'manager'");
        }
        noTraceOf("n7");
    }

    @Test
    @Order(4)
    void aSecondPlatformOfTheSameDomainIsRefused() {
        Path identity = issue("n9", demo.dir().resolve("ca"), "proxy");
        try (Stranger stranger = new Stranger(identity, config(), "--bootstrap")) {
            stranger.endsSaying("_sipring._tcp of this domain names members", "start without --bootstrap");
            assertThat(stranger.console()).doesNotContain("Exception");
        }
        noTraceOf("n9");
    }

    @Test
    @Order(5)
    void aRevokedNodeIsRefused() throws Exception {
        Path identity = issue("n8", demo.dir().resolve("ca"), "proxy");
        assertThat(Impostor.overlay(identity, "127.0.0.11")).doesNotContain(ALERT);
        revoke("n8");
        // The list was copied to one node; the others have it from there.
        NODES.forEach(node -> Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        Impostor.overlay(identity, demo.address(node)))
                .contains(ALERT)));
        refusedEverywhere(identity);
        try (Stranger stranger = new Stranger(identity, config())) {
            // The JDK's TLS server has one alert for every client certificate that it does not take.
            stranger.says("waiting to join", "refused this node's certificate", "it is revoked, or has expired");
        }
        Files.copy(demo.dir().resolve("ca/crl.pem"), identity.resolve("crl.pem"), StandardCopyOption.REPLACE_EXISTING);
        try (Stranger informed = new Stranger(identity, config())) {
            informed.endsSaying(
                    "the certificate of n8 is revoked: it cannot join the platform",
                    "ask the operator of sipring.test for a new identity");
        }
        noTraceOf("n8");
    }

    @ParameterizedTest
    @CsvSource({
        "7600, GET / HTTP/1.0",
        "7600, REGISTER sip:sipring.test SIP/2.0",
        "5066, GET / HTTP/1.0",
        "5066, OPTIONS sip:sipring.test SIP/2.0"
    })
    @Order(6)
    void plainTextSeesNothingButATlsAlert(int port, String line) throws Exception {
        assertThat(answer(port, line + "\r\n\r\n")).matches("(15 03 0[0-4] 00 02 .. ..)?");
    }

    private String answer(int port, String text) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(demo.address("n1"), port), (int) LIMIT.toMillis());
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return HexFormat.ofDelimiter(" ").formatHex(in.readAllBytes());
        }
    }

    @Test
    @Order(7)
    void aNodeRevokedWhileItRunsIsOutOfTheMembersAndOfDnsInSeconds() throws Exception {
        assertThat(members()).containsExactlyElementsOf(NODES);
        ProcessHandle process = ProcessHandle.of(demo.pid("n3")).orElseThrow();
        revoke("n3");
        Duration gone = Stopwatch.until("DNS forgets n3", LIMIT, () -> !Places.anyNames(demo, "n3"));
        System.out.printf("MEASURED revocation until gone from DNS: %d ms%n", gone.toMillis());
        assertThat(gone).isLessThan(Duration.ofSeconds(10));
        assertThat(members()).containsExactly("n1", "n2");
        Awaitility.await("n3 to end").atMost(LIMIT).until(() -> !process.isAlive());
        assertThat(demo.log("n3")).contains("certificate of n3 is revoked: it leaves the platform");
    }

    private void revoke(String node) throws IOException {
        Path ca = demo.dir().resolve("ca");
        Command.sipring(LIMIT, "ca", "revoke", node, "--ca", ca.toString()).succeeded();
        Path list = demo.dir().resolve("nodes/n1/crl.pem");
        Files.copy(ca.resolve("crl.pem"), list, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path issue(String node, Path ca, String roles) {
        Path identity = dir.resolve(node);
        String address = "127.0.0.1" + node.substring(1);
        Command.sipring(
                        LIMIT,
                        ("ca issue " + node + " --ca " + ca + " --roles " + roles + " --address " + address + " --out "
                                        + identity)
                                .split(" "))
                .succeeded();
        return identity;
    }

    private Path config() {
        return demo.dir().resolve("nodes/n1/sipring.conf");
    }

    private void refusedEverywhere(Path identity) {
        for (String node : NODES) {
            assertThat(Impostor.overlay(identity, demo.address(node))).as(node).contains(ALERT);
            assertThat(Impostor.sip(identity, demo.address(node))).as(node).contains(ALERT);
        }
    }

    private void noTraceOf(String node) {
        assertThat(members()).containsExactlyElementsOf(NODES);
        assertThat(Dns.targets("_sipring._tcp.sipring.test")).doesNotContain(node + ".sipring.test.");
        assertThat(Dns.query(node + ".sipring.test", "A")).isEmpty();
    }

    private List<String> members() {
        return StreamSupport.stream(demo.status().path("members").spliterator(), false)
                .map(member -> member.path("id").asText())
                .sorted()
                .toList();
    }
}
