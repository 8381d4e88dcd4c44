package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** A process that may open no more files can open no connection, and can again when it may. */
final class OpenFilesTest {
    private static final NetworkSettings.Limits LIMITS =
            new NetworkSettings.Limits(65_535, 10, 2, Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 20);
    // A limit below the files that are open lets these be, and no other.
    private static final String NO_MORE =
            """
            limit=$(prlimit --pid %1$d --nofile --noheadings --raw --output SOFT)
            prlimit --pid %1$d --nofile=1: && echo none && read ever
            prlimit --pid %1$d --nofile=$limit: && echo again
            """;

    private static Dialled dial(SipLoop loop, InetSocketAddress there) throws InterruptedException {
        BlockingQueue<Dialled> dialled = new LinkedBlockingQueue<>();
        loop.ticker().execute(() -> loop.connect(there, dialled::add));
        return Wire.next(dialled);
    }

    @Test
    void aConnectionThatCannotBeBegunIsToldAndItsPlaceIsFree() throws Exception {
        try (Wire here = new Wire(TestIdentity.without(), NetworkSettings.NODE_PORT, LIMITS);
                Wire there = new Wire(TestIdentity.without(), NetworkSettings.NODE_PORT, LIMITS)) {
            SipLoop loop = Wire.next(here.loops);
            // All classes that are needed have been read from their files.
            assertThat(dial(loop, there.network.phones()).open()).isPresent();
            InetSocketAddress other = new InetSocketAddress("127.0.0.1", 1);
            assertThat(dial(loop, other)).isEqualTo(Dialled.NOBODY);
            assertThat(new TooManyConnections()).hasMessage("too many connections");
            Process limit = new ProcessBuilder(
                            "bash",
                            "-c",
                            NO_MORE.formatted(ProcessHandle.current().pid()))
                    .start();
            Dialled first;
            Dialled second;
            try (BufferedReader says = limit.inputReader(StandardCharsets.US_ASCII)) {
                assertThat(says.readLine()).isEqualTo("none");
                try {
                    first = dial(loop, other);
                    second = dial(loop, other);
                } finally {
                    endsWith(limit);
                    assertThat(says.readLine()).isEqualTo("again");
                }
            }
            assertThat(first).isEqualTo(Dialled.FULL);
            assertThat(second).as("it is not waited for the first").isEqualTo(Dialled.FULL);
            assertThat(dial(loop, other)).as("and none took a place for good").isEqualTo(Dialled.NOBODY);
        }
    }

    private static void endsWith(Process limit) throws IOException {
        limit.getOutputStream().write('\n');
        limit.getOutputStream().flush();
    }
}
