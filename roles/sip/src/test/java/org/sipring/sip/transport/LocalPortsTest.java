package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node none of whose local ports is free can open no connection, and can again when one is. */
@Tag("acceptance")
final class LocalPortsTest {
    // A network of its own, with fewer ports than anybody else could do with.
    private static final String FEW =
            """
            [ "$(id -u)" = 0 ] || own=--map-root-user
            exec unshare $own --net sh -c '
            ip link set lo up && echo 40000 40031 >/proc/sys/net/ipv4/ip_local_port_range && exec "$@"' sh "$@"
            """;

    @Test
    void aConnectionWithoutALocalPortSaysNothingOfTheOtherEnd() throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        String classes = System.getProperty("java.class.path");
        Process inside = new ProcessBuilder("bash", "-c", FEW, "bash", java, "-cp", classes, Inside.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(inside.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = new String(inside.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said.lines().filter(line -> line.contains(Dialled.class.getSimpleName())))
                    .containsExactly(
                            "before: " + Dialled.NOBODY, "none is free: " + Dialled.FULL, "again: " + Dialled.NOBODY);
        } finally {
            inside.destroyForcibly();
        }
    }

    /** What happens there. */
    static final class Inside {
        private static final NetworkSettings.Limits LIMITS =
                new NetworkSettings.Limits(65_535, 10, 2, Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 20);

        private Inside() {}

        /** Says what comes of a connection to a port that nobody listens on, while no local port is free and otherwise. */
        public static void main(String[] arguments) throws Exception {
            try (Wire wire = new Wire(TestIdentity.without(), NetworkSettings.NODE_PORT, LIMITS)) {
                SipLoop loop = Wire.next(wire.loops);
                say("before", loop);
                List<ServerSocket> taken = takeAll();
                say("none is free", loop);
                for (ServerSocket socket : taken) {
                    socket.close();
                }
                say("again", loop);
            }
        }

        private static void say(String when, SipLoop loop) throws InterruptedException {
            BlockingQueue<Dialled> dialled = new LinkedBlockingQueue<>();
            loop.ticker().execute(() -> loop.connect(new InetSocketAddress("127.0.0.1", 1), dialled::add));
            System.out.println(when + ": " + Wire.next(dialled));
        }

        private static List<ServerSocket> takeAll() throws IOException {
            List<ServerSocket> taken = new ArrayList<>();
            while (true) {
                try {
                    taken.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
                } catch (BindException none) {
                    return taken;
                }
            }
        }
    }
}
