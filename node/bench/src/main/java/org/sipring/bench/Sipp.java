package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Debian's sipp as the phones of both sides. */
final class Sipp {
    private static final String PHONES = "127.0.0.1";
    private static final int CALLERS = 5070;
    private static final int CALLEES = 5090;
    private static final int REGISTRATIONS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TAIL = Duration.ofSeconds(3);

    private final Path dir;
    private int runs;

    Sipp(Path dir) {
        this.dir = dir;
    }

    /** Puts a load on a server; those who are called have registered before. */
    Played play(Peer peer, Load load) throws IOException, InterruptedException {
        if (load.kind() != Load.Kind.CALL) {
            return run(peer.sip(), load, Load.USERS);
        }
        try (Child callees = callees(load)) {
            Played played = run(peer.sip(), load, Load.USERS);
            callees.end(TAIL);
            return played;
        }
    }

    /** Lets the first users register, each once. */
    void register(Peer peer, int users, boolean tcp) throws IOException, InterruptedException {
        int seconds = Math.max(1, users / REGISTRATIONS);
        Load registrations = new Load(Load.Kind.REGISTER, tcp, Math.min(users, REGISTRATIONS), seconds, 1);
        Played played = run(peer.called(), registrations, users);
        if (played.failed() > 0) {
            throw new IOException(played.failed() + " of " + users + " users could not register at " + peer.name());
        }
    }

    private Child callees(Load load) throws IOException {
        List<String> words = common("callee", load.transport(), CALLEES);
        words.addAll(List.of("-l", "100000"));
        return Child.start(dir, "callees" + ++runs, words);
    }

    private Played run(String sip, Load load, int users) throws IOException, InterruptedException {
        Path own = Files.createDirectories(dir.resolve("run" + ++runs));
        List<String> words = common(load.kind().scenario, load.transport(), CALLERS);
        words.addAll(List.of("-inf", users(users).toString(), "-key", "calledat", PHONES + ":" + CALLEES));
        words.addAll(List.of("-m", Integer.toString(load.attempts()), "-r", Integer.toString(load.rate())));
        words.addAll(List.of("-l", Integer.toString(Math.max(2_000, load.rate()))));
        words.addAll(List.of(
                "-trace_stat", "-fd", "1", "-stf", own.resolve("statistics.csv").toString()));
        words.addAll(List.of("-trace_rtt", "-rtt_freq", "100", sip));
        Child sipp = Child.start(own, "sipp", words);
        sipp.end(PATIENCE.plusSeconds(load.seconds()));
        return played(own);
    }

    private static Played played(Path own) throws IOException {
        List<String> statistics = SippFiles.lines(own.resolve("statistics.csv"));
        return new Played(
                SippFiles.last(statistics, "SuccessfulCall(C)"),
                SippFiles.last(statistics, "FailedCall(C)"),
                SippFiles.last(statistics, "Retransmissions(C)"),
                SippFiles.millis(SippFiles.lines(times(own))));
    }

    private static Path times(Path own) throws IOException {
        try (var files = Files.list(own)) {
            return files.filter(file -> file.toString().endsWith("_rtt.csv"))
                    .findFirst()
                    .orElse(own.resolve("no response times"));
        }
    }

    private List<String> common(String scenario, String transport, int port) throws IOException {
        return new ArrayList<>(List.of(
                "sipp",
                "-sf",
                Scenarios.file(dir, scenario + ".xml").toString(),
                "-i",
                PHONES,
                "-p",
                Integer.toString(port),
                "-t",
                transport,
                "-nostdin",
                "-timer_resol",
                "1",
                "-buff_size",
                "4194304",
                "-recv_timeout",
                "20000"));
    }

    private Path users(int count) throws IOException {
        Path file = dir.resolve("users" + count + ".csv");
        if (!Files.exists(file)) {
            String rows = IntStream.rangeClosed(1, count)
                    .mapToObj(number ->
                            String.format("u%06d;[authentication username=u%06d password=secret]%n", number, number))
                    .collect(Collectors.joining());
            Files.writeString(file, "SEQUENTIAL" + System.lineSeparator() + rows);
        }
        return file;
    }
}
