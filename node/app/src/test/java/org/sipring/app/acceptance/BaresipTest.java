package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unmodified baresip phones, told nothing but the domain and a name server where it is not said otherwise. */
@Tag("acceptance")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BaresipTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ANSWERS = ";answermode=auto";

    private final Path dir;
    private final DemoRun demo;

    BaresipTest(@TempDir Path dir) {
        this.dir = dir;
        this.demo = DemoRun.start(dir.resolve("demo"));
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void baresipRegistersWithDigestAndCallsBaresip(String transport) {
        try (Baresip bob = phone("bob", transport, ANSWERS)) {
            bob.says("200 OK");
            assertThat(bob.said()).contains("SIP/2.0 401 Unauthorized", "\nAuthorization: Digest username=\"bob\"");
            try (Baresip alice = phone("alice", transport, "", "/dial sip:bob@sipring.test")) {
                alice.says("Call established");
                bob.says("Call established");
                assertThat(alice.said())
                        .contains(
                                "SIP/2.0 407 Proxy Authentication Required",
                                "\nProxy-Authorization: Digest username=\"alice\"");
                // Later requests of the caller go where the edge's NAPTR leads, which is TCP first.
                assertThat(alice.transports("INVITE")).containsExactly(transport.toUpperCase(Locale.ROOT));
            }
            bob.says("session closed");
            assertThat(bob.transports("")).containsExactly(transport.toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndBindsNothing() {
        try (Baresip carol = phone("carol", "wrong", "udp", "", new String[0])) {
            carol.says("\nAuthorization: Digest username=\"carol\"");
            // A challenge and at least one refusal of what was made of it.
            Stopwatch.until("a refusal", LIMIT, () -> carol.said().split("SIP/2\\.0 401 Unauthorized", -1).length > 2);
            try (Baresip alice = phone("alice", "udp", "", "/dial sip:carol@sipring.test")) {
                alice.says("SIP/2.0 480 ");
            }
            assertThat(carol.said()).doesNotContain("200 OK", "INVITE sip:");
        }
    }

    @Test
    void bothPhonesOfAUserRingAndOneStopsWhenTheOtherAnswers() {
        try (Baresip desk = phone("bob", "udp", ANSWERS);
                Baresip mobile = phone("bob", "udp", "")) {
            desk.says("200 OK");
            mobile.says("200 OK");
            try (Baresip alice = phone("alice", "udp", "", "/dial sip:bob@sipring.test")) {
                desk.says("Call established");
                alice.says("Call established");
                mobile.says("CANCEL sip:");
            }
            desk.says("session closed");
        }
    }

    /** Each is reached only over the connection that it holds to its own node: the nodes' link carries the call. */
    @ParameterizedTest
    @CsvSource({"n1, n2", "n2, n1"})
    void phonesAtTwoNodesCallEachOtherOverTheNodesLink(String callers, String callees) {
        try (Baresip bob = phone("bob", "tcp", at(callees) + ANSWERS)) {
            bob.says("200 OK");
            try (Baresip alice = phone("alice", "tcp", at(callers), "/dial sip:bob@sipring.test")) {
                alice.says("Call established");
                bob.says("Call established");
                assertThat(alice.edges()).containsExactlyInAnyOrder(callers, callees);
                assertThat(bob.edges()).containsExactlyInAnyOrder(callers, callees);
                assertThat(bob.said()).contains("\nP-Asserted-Identity: <sip:alice@sipring.test>");
            }
            bob.says("session closed");
        }
    }

    /** RFC 5626 and RFC 5627, as baresip speaks them: it names its GRUU in the call, and hears what is sent to it. */
    @Test
    void aPhoneIsReachedByItsGruuOverTheFlowThatItKeeps() {
        try (Baresip bob = phone("bob", "tcp", at("n2") + Baresip.OUTBOUND + ANSWERS)) {
            bob.says("Flow-Timer: 120");
            assertThat(bob.said()).contains("Require: outbound", ";pub-gruu=\"sip:bob@sipring.test;gr=urn:uuid:");
            try (Baresip alice = phone("alice", "tcp", at("n1") + Baresip.OUTBOUND, "/dial sip:bob@sipring.test")) {
                alice.says("Call established");
                bob.says("\nACK sip:");
                assertThat(alice.said()).contains("\nACK sip:bob@sipring.test;gr=urn:uuid:");
                assertThat(bob.said()).doesNotContain("\nACK sip:bob@sipring.test");
            }
            bob.says("session closed");
        }
    }

    /** The option that pins a phone to a node, as its outbound proxy (RFC 3261 section 8.1.2). */
    private String at(String node) {
        return ";outbound=\"sip:" + demo.address(node) + ";transport=tcp\"";
    }

    private Baresip phone(String user, String transport, String options, String... commands) {
        return phone(user, demo.password(user), transport, options, commands);
    }

    private Baresip phone(String user, String password, String transport, String options, String[] commands) {
        String account = "<sip:%s@sipring.test;transport=%s>;auth_pass=%s;regint=600%s"
                .formatted(user, transport, password, options);
        try {
            return new Baresip(Files.createTempDirectory(dir, user), account, commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
