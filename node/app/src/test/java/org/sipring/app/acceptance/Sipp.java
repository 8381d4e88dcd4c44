package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's sipp, playing one of our scenarios. */
final class Sipp {
    private static final Path SCENARIOS = Command.ROOT.resolve("node/app/src/test/resources/sipp");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int RATE = 100;

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
     * @param calledAt {@code address:port} to register as Contact
     */
    record Run(String scenario, String target, List<String> rows, String calledAt) {}

    /**
     * A run that goes on beside the test.
     *
     * @param process ends by itself
     * @param log grows by a line whenever the scenario logs
     */
    record Running(Process process, Path log) {
        /** What the scenario has logged until now. */
        List<String> logged() {
            try {
                return Files.exists(log) ? Files.readAllLines(log) : List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What a scenario needs to answer a challenge. */
    static String credentials(String user, String password) {
        return "[authentication username=" + user + " password=" + password + "]";
    }

    /** Plays every row once and returns sipp's exit status and last screen: status 0 means that all calls succeeded. */
    Command play(Run run) {
        return play(run, List.of());
    }

    /** The same, with a Call-ID of the test's own for its one row. */
    Command play(Run run, String callId) {
        return play(run, List.of("-cid_str", callId));
    }

    private Command play(Run run, List<String> more) {
        List<String> words = words(run, RATE);
        words.addAll(more);
        words.addAll(List.of("-timeout", "90", "-timeout_error", run.target()));
        return Command.run(LIMIT, words);
    }

    /**
     * Begins to play every row once.
     *
     * @param run what
     * @param rate rows a second
     * @param limit after this time it gives up what has not succeeded
     * @return how it goes on
     */
    Running begin(Run run, int rate, Duration limit) {
        Path log = fresh(run.scenario(), ".log");
        List<String> words = words(run, rate);
        words.addAll(List.of("-timeout", Long.toString(limit.toSeconds()), "-trace_logs"));
        words.addAll(List.of("-log_file", log.toString(), run.target()));
        return new Running(start(words), log);
    }

    /** Starts phones that answer every call at {@code address:port}, until the process is ended. */
    Process answer(String calledAt) {
        return answer("callee", calledAt);
    }

    /** The same, by another scenario. */
    Process answer(String scenario, String calledAt) {
        List<String> words = common(scenario, calledAt);
        words.addAll(List.of("-l", "2000", "-timeout", "600"));
        return start(words);
    }

    private Process start(List<String> words) {
        try {
            return new ProcessBuilder(words)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(fresh("sipp", ".out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path fresh(String prefix, String suffix) {
        try {
            return Files.createTempFile(dir, prefix, suffix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> words(Run run, int rate) {
        try {
            List<String> lines = new ArrayList<>(List.of("SEQUENTIAL"));
            lines.addAll(run.rows());
            Path rows = Files.write(fresh(run.scenario(), ".csv"), lines);
            List<String> words = common(run.scenario(), free("127.0.0.1"));
            words.addAll(List.of(
                    "-inf", rows.toString(), "-m", Integer.toString(run.rows().size())));
            words.addAll(List.of("-r", Integer.toString(rate), "-key", "calledat", run.calledAt()));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> common(String scenario, String local) {
        int colon = local.indexOf(':');
        return new ArrayList<>(List.of(
                "sipp",
                "-sf",
                SCENARIOS.resolve(scenario + ".xml").toString(),
                "-i",
                local.substring(0, colon),
                "-p",
                local.substring(colon + 1),
                "-nostdin",
                "-key",
                "domain",
                domain,
                "-recv_timeout",
                "20000"));
    }

    /** An {@code address:port} at which nobody listens for UDP now. */
    static String free(String address) {
        return address + ":" + FreePort.at(address);
    }
}
