package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The name server of a demo: halted, killed, and started again by hand with the same arguments. */
final class NameServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final DemoRun demo;
    private Optional<Process> mine = Optional.empty();

    NameServer(DemoRun demo) {
        this.demo = demo;
    }

    /** The key that the demo's nodes sign with. */
    Path key() {
        return demo.dir().resolve("dns/tsig.key");
    }

    void signal(String signal) {
        Command.run(LIMIT, "kill", "-" + signal, Long.toString(pid())).succeeded();
    }

    void kill() {
        ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it on the same zone and waits until it answers. */
    void start(Path key) {
        try {
            mine = Optional.of(new ProcessBuilder(
                            "./sipring",
                            "dns-server",
                            "--zone",
                            "sipring.test",
                            "--tsig",
                            key.toString(),
                            "--listen",
                            "127.0.0.1:5300",
                            "--data",
                            demo.dir().resolve("dns/zone").toString())
                    .directory(Command.ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(demo.dir().resolve("logs/dns-again.log").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stopwatch.until("the name server answers", LIMIT, NameServer::answers);
    }

    private static boolean answers() {
        return Command.run(LIMIT, "dig", "@127.0.0.1", "-p", "5300", "+time=1", "+tries=1", "sipring.test", "SOA")
                        .exit()
                == 0;
    }

    /** Changes the zone behind Sipring's back, with its own key. */
    void update(String... lines) {
        try {
            Path script = Files.createTempFile(demo.dir(), "nsupdate", ".txt");
            Files.writeString(
                    script, "server 127.0.0.1 5300\nzone sipring.test\n" + String.join("\n", lines) + "\nsend\n");
            Command.run(LIMIT, "nsupdate", "-k", key().toString(), script.toString())
                    .succeeded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that serves the demo's zone now. */
    long pid() {
        return ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(this::servesTheZone)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the demo's name server does not run"));
    }

    private boolean servesTheZone(long pid) {
        try {
            List<String> words = List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .split("\0"));
            return words.contains("dns-server")
                    && words.contains(demo.dir().resolve("dns/zone").toString());
        } catch (IOException hasEnded) {
            return false;
        }
    }

    @Override
    public void close() {
        mine.ifPresent(process -> process.destroyForcibly().onExit().join());
    }
}
