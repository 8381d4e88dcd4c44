package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two unmodified baresip phones, told nothing but the domain and a name server. */
@Tag("acceptance")
@Timeout(300)
final class BaresipTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path dir = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void baresipRegistersWithDigestAndCallsBaresip(String transport) {
        try (DemoRun demo = DemoRun.start(dir.resolve("demo"));
                Baresip bob = phone(demo, "bob", transport, ";answermode=auto")) {
            awaitLine(bob, "200 OK");
            try (Baresip alice = phone(demo, "alice", transport, "", "/dial sip:bob@sipring.test")) {
                awaitLine(alice, "Call established");
                awaitLine(bob, "Call established");
                assertThat(alice.transports()).containsExactly(transport.toUpperCase(Locale.ROOT));
            }
            awaitLine(bob, "session closed");
            assertThat(bob.transports()).containsExactly(transport.toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void bothPhonesOfAUserRingAndOneStopsWhenTheOtherAnswers() {
        try (DemoRun demo = DemoRun.start(dir.resolve("demo"));
                Baresip desk = phone("desk", demo, "bob", "udp", ";answermode=auto");
                Baresip mobile = phone("mobile", demo, "bob", "udp", "")) {
            awaitLine(desk, "200 OK");
            awaitLine(mobile, "200 OK");
            try (Baresip alice = phone(demo, "alice", "udp", "", "/dial sip:bob@sipring.test")) {
                awaitLine(desk, "Call established");
                awaitLine(alice, "Call established");
                awaitLine(mobile, "CANCEL sip:");
            }
            awaitLine(desk, "session closed");
        }
    }

    private Baresip phone(DemoRun demo, String user, String transport, String options, String... commands) {
        return phone(user, demo, user, transport, options, commands);
    }

    private Baresip phone(
            String name, DemoRun demo, String user, String transport, String options, String... commands) {
        String account = "<sip:%s@sipring.test;transport=%s>;auth_pass=%s;regint=600%s"
                .formatted(user, transport, demo.password(user), options);
        return new Baresip(dir.resolve(name), account, commands);
    }

    private static void awaitLine(Baresip phone, String text) {
        try {
            Stopwatch.until(text, LIMIT, () -> phone.said().contains(text));
        } catch (RuntimeException e) {
            throw new AssertionError("baresip did not say '" + text + "'; it said:\n" + phone.said(), e);
        }
    }
}
