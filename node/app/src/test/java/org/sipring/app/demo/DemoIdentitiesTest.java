package org.sipring.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.RoleName;
import org.sipring.certs.IdentityFolder;
import org.sipring.runtime.settings.SipSettings.RecordRoute;
import org.sipring.testkit.SimChance;

final class DemoIdentitiesTest {
    @TempDir
    private Path dir = Path.of("");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource clock = () -> now;

    @Test
    void whatHoldsUntilTomorrowIsKept() throws Exception {
        prepare();
        byte[] first = Files.readAllBytes(identity().resolve("node.crt"));
        now = now.plus(Duration.ofDays(28));
        prepare();
        assertThat(identity().resolve("node.crt")).hasBinaryContent(first);
    }

    @Test
    void whatEndsWithinADayIsIssuedAnew() throws Exception {
        prepare();
        now = now.plus(Duration.ofDays(29)).plusSeconds(1);
        prepare();
        assertHoldsForAMonth();
    }

    @Test
    void whatHasExpiredIsIssuedAnew() throws Exception {
        prepare();
        now = now.plus(Duration.ofDays(400));
        prepare();
        assertHoldsForAMonth();
    }

    @Test
    void anOlderDemoGetsItsOperatorTooAndKeepsTheNodes() throws Exception {
        prepare();
        byte[] node = Files.readAllBytes(identity().resolve("node.crt"));
        Path operator = dir.resolve("operator");
        try (Stream<Path> files = Files.walk(operator)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        prepare();
        IdentityFolder made = IdentityFolder.load(operator, clock);
        assertThat(made.self().permitted()).containsExactly(RoleName.OPERATOR);
        assertThat(identity().resolve("node.crt")).hasBinaryContent(node);
    }

    private void assertHoldsForAMonth() throws Exception {
        IdentityFolder identity = IdentityFolder.load(identity(), clock);
        assertThat(identity.expires()).isEqualTo(now.plus(Duration.ofDays(30)));
        assertThat(identity.self().node()).hasToString("n1");
        assertThat(identity.crlStale()).isFalse();
    }

    private Path identity() {
        return dir.resolve("nodes/n1");
    }

    private void prepare() throws Exception {
        new DemoIdentities(DemoPlan.platform(dir, 1, RecordRoute.NAME), new SimChance(1), clock).prepare();
    }
}
