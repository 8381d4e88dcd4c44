package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones over TLS, played by OpenSSL and by baresip, which finds the nodes at {@code _sips._tcp}. */
@Tag("acceptance")
@Timeout(200)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path dir;
    private final DemoRun demo;

    TlsTest(@TempDir Path dir) {
        this.dir = dir;
        this.demo = DemoRun.start(dir.resolve("demo"));
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    private Path ca() {
        return demo.dir().resolve("ca").resolve("ca.crt");
    }

    private Command openssl(String node, String input, String... options) {
        String command = "(printf '%s'; sleep 1) | openssl s_client -connect %s:5061 -CAfile '%s' %s"
                .formatted(input, demo.address(node), ca(), String.join(" ", options));
        return Command.run(LIMIT, "bash", "-c", command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslTrustsTheNodeByThePlatformsCa(String version) {
        Dns.Srv service = Dns.srv("_sips._tcp.sipring.test").get(0);
        assertThat(service.port()).isEqualTo(5061);
        String node = service.target().substring(0, service.target().indexOf('.'));
        assertThat(openssl(node, "", version, "-verify_return_error")
                        .succeeded()
                        .output())
                .contains("Verification: OK", version.equals("-tls1_2") ? "New, TLSv1.2" : "New, TLSv1.3");
    }

    @Test
    void olderVersionsAreRefused() {
        Command refused = openssl("n1", "", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output()).contains("alert protocol version");
    }

    @Test
    void aPhoneCannotMakeANodeShakeHandsAgainAndAgain() {
        assertThat(openssl("n1", "R\\n", "-tls1_2").output())
                .contains("RENEGOTIATING")
                .containsAnyOf("no renegotiation", "handshake failure", "unexpected message");
    }

    @Test
    void baresipByTlsAndBaresipByUdpCallEachOther() {
        try (Baresip bob = phone("bob", "udp", ";answermode=auto")) {
            bob.says("200 OK");
            try (Baresip alice = phone("alice", "tls", ";answermode=auto", "/dial sip:bob@sipring.test")) {
                alice.says("Call established");
                bob.says("Call established");
                alice.says("200 OK");
                assertThat(alice.said()).contains(";transport=tls;lr>");
                assertThat(alice.transports("")).containsExactly("TLS");
                assertThat(bob.transports("")).containsExactly("UDP");
                try (Baresip carol = phone("carol", "udp", "", "/dial sip:alice@sipring.test")) {
                    carol.says("Call established");
                }
                assertThat(alice.transports("")).containsExactly("TLS");
            }
            bob.says("session closed");
        }
    }

    private Baresip phone(String user, String transport, String options, String... commands) {
        String account = "<sip:%s@sipring.test;transport=%s>;auth_pass=%s;regint=600%s"
                .formatted(user, transport, demo.password(user), options);
        try {
            return new Baresip(Files.createTempDirectory(dir, user), List.of("sip_cafile " + ca()), account, commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
