package org.sipring.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that works for long keeps no more than one that has worked for a while. */
@Tag("long")
final class SteadyLoadTest {
    private static final int CALLS_A_SECOND = 300;
    private static final int SECONDS_BEFORE = 90;
    private static final int SECONDS = 600;

    // Of one call every transaction alone would be some kilobytes: what grew with the calls would be hundreds of these.
    private static final long NOISE_BYTES = 3_000_000;

    @TempDir
    private Path dir = Path.of("");

    @Test
    @Timeout(1_200)
    void tenMinutesOfCallsLeaveNothingInTheHeap() throws Exception {
        ServerSetup one = new ServerSetup(1, false, false);
        try (SipringPeer node = SipringPeer.start(Path.of(System.getProperty("sipring.root")), dir, one)) {
            Sipp sipp = new Sipp(dir);
            sipp.register(node, Load.USERS, false);
            assertThat(play(sipp, node, SECONDS_BEFORE).failed()).isZero();
            long before = node.memory();
            Played played = play(sipp, node, SECONDS);
            assertThat(played.failed()).isZero();
            assertThat(played.succeeded()).isEqualTo((long) CALLS_A_SECOND * SECONDS);
            assertThat(node.memory() - before).isLessThan(NOISE_BYTES);
        }
    }

    private static Played play(Sipp sipp, Peer node, int seconds) throws IOException, InterruptedException {
        return sipp.play(node, Load.udp(Load.Kind.CALL, CALLS_A_SECOND, seconds));
    }
}
