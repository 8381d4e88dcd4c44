package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's sipp, playing one of our scenarios. */
final class Sipp {
    private static final Path SCENARIOS = Command.ROOT.resolve("node/app/src/test/resources/sipp");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path dir;
    private final String domain;

    Sipp(Path dir, String domain) {
        this.dir = dir;
        this.domain = domain;
    }

    /**
     * What a run is about.
     *
     * @param scenario the scenario's name
     * @param target {@code address:port} of the proxy
     * @param rows lines of the injection file
     * @param port the local port
     * @param calledAt the port to register as Contact
     */
    record Run(String scenario, String target, List<String> rows, int port, int calledAt) {}

    /** Plays every row once and returns sipp's exit status and last screen: status 0 means that all calls succeeded. */
    Command play(Run run) {
        return Command.run(LIMIT, words(run));
    }

    /** Starts phones that answer every call at a port, until the process is ended. */
    Process answer(int port) {
        List<String> words = common("callee", port);
        words.addAll(List.of("-l", "2000", "-timeout", "600"));
        try {
            return new ProcessBuilder(words)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("callee-" + port + ".out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> words(Run run) {
        try {
            Path rows = Files.createTempFile(dir, run.scenario(), ".csv");
            List<String> lines = new ArrayList<>(List.of("SEQUENTIAL"));
            lines.addAll(run.rows());
            Files.write(rows, lines);
            List<String> words = common(run.scenario(), run.port());
            words.addAll(List.of(
                    "-inf", rows.toString(), "-m", Integer.toString(run.rows().size()), "-r", "100"));
            words.addAll(
                    List.of("-key", "cport", Integer.toString(run.calledAt()), "-timeout", "90", "-timeout_error"));
            words.add(run.target());
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> common(String scenario, int port) {
        return new ArrayList<>(List.of(
                "sipp",
                "-sf",
                SCENARIOS.resolve(scenario + ".xml").toString(),
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-nostdin",
                "-key",
                "domain",
                domain,
                "-recv_timeout",
                "20000"));
    }

    /** A UDP port that is free now on 127.0.0.1. */
    static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
