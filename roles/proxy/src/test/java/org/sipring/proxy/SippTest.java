package org.sipring.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A foreign peer, Debian's sipp, registers users and calls through one real node. */
@Tag("acceptance")
final class SippTest {
    private static final int USERS = 200;

    @TempDir
    private Path folder;

    private String host = "";

    @ParameterizedTest
    @CsvSource({
        "false, u1, 127.0.0.1",
        "true, u1, 127.0.0.1",
        "false, t1, 127.0.0.1",
        "true, t1, 127.0.0.1",
        "true, u1, ::1",
        "false, t1, ::1"
    })
    void usersRegisterAndCall(boolean digest, String transport, String address)
            throws IOException, InterruptedException {
        host = address;
        List<String> users = IntStream.range(0, USERS).mapToObj(i -> "u" + i).toList();
        try (LoneNode node = LoneNode.open(host, digest, users)) {
            scenarios(node.phones().getPort(), transport);
        }
    }

    private void scenarios(int port, String transport) throws IOException, InterruptedException {
        Path users = folder.resolve("users.csv");
        Files.write(users, lines());
        int listens = freePort();
        Process callee = sipp("callee", port, transport, "-p", "" + listens, "-m", "" + USERS, "-i", host);
        try {
            finish(
                    sipp(
                            "register",
                            port,
                            transport,
                            "-inf",
                            users.toString(),
                            "-m",
                            "" + USERS,
                            "-r",
                            "100",
                            "-key",
                            "listens",
                            "" + listens,
                            "-i",
                            host),
                    "register");
            finish(
                    sipp("caller", port, transport, "-inf", users.toString(), "-m", "" + USERS, "-r", "50", "-i", host),
                    "caller");
            finish(callee, "callee");
        } finally {
            callee.destroyForcibly().waitFor();
        }
    }

    /** Each user calls the next one. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("SEQUENTIAL"));
        for (int i = 0; i < USERS; i++) {
            lines.add("u%d;[authentication username=u%d password=secret];u%d".formatted(i, i, (i + 1) % USERS));
        }
        return lines;
    }

    private int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    private Process sipp(String scenario, int port, String transport, String... more) throws IOException {
        Path file = folder.resolve(scenario + ".xml");
        try (InputStream in =
                Objects.requireNonNull(SippTest.class.getResourceAsStream("/sipp/" + scenario + ".xml"))) {
            Files.write(file, in.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(
                "sipp",
                (host.contains(":") ? "[" + host + "]" : host) + ":" + port,
                "-sf",
                file.toString(),
                "-t",
                transport,
                "-nostdin",
                "-trace_err",
                // It would write an IPv6 address without brackets there, which is no URI.
                "-auth_uri",
                "sipring.test",
                "-timeout",
                "60",
                "-timeout_error",
                "-recv_timeout",
                "20000"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(scenario + ".out").toFile())
                .start();
    }

    private void finish(Process sipp, String scenario) throws IOException, InterruptedException {
        boolean ended = sipp.waitFor(Duration.ofSeconds(90).toMillis(), TimeUnit.MILLISECONDS);
        sipp.destroyForcibly().waitFor();
        String out = Files.readString(folder.resolve(scenario + ".out"));
        assertThat(ended).as(out).isTrue();
        assertThat(sipp.exitValue()).as(out + errors()).isZero();
    }

    private String errors() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith("_errors.log"))
                    .toList()) {
                String text = Files.readString(file);
                all.append(text, 0, Math.min(text.length(), 4_000));
            }
        }
        return all.toString();
    }
}
