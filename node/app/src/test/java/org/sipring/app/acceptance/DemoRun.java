package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A running {@code ./sipring demo}, stopped when closed. */
final class DemoRun implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(150);
    private static final Duration STOPPED = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path dir;
    private final Path screen;
    private final Process process;

    private DemoRun(List<String> place, Path dir, List<String> options) {
        this.dir = dir;
        this.screen = dir.resolve("screen.txt");
        // A shell's background job ignores SIGINT, and so would all that it starts, this test included.
        List<String> words = new ArrayList<>(place);
        String sipring = Command.ROOT.resolve("sipring").toString();
        words.addAll(List.of("env", "--default-signal=INT", sipring, "demo", "--dir", dir.toString()));
        words.addAll(options);
        try {
            Files.createDirectories(dir);
            process = new ProcessBuilder(words)
                    .directory(Command.ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(screen.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a demo and waits until its {@code demo.json} is there. */
    static DemoRun start(Path dir, String... options) {
        return started(new DemoRun(List.of(), dir, List.of(options)));
    }

    /** The same in a network of its own; its pages can be asked for from there only. */
    static DemoRun start(Namespace place, Path dir) {
        return started(new DemoRun(place.inside(), dir, List.of()));
    }

    private static DemoRun started(DemoRun demo) {
        try {
            Awaitility.await("the demo to be ready")
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> Files.exists(demo.json()) || !demo.process.isAlive());
            assertThat(demo.process.isAlive())
                    .as("the demo runs; it printed:%n%s", demo.screen())
                    .isTrue();
            return demo;
        } catch (RuntimeException | AssertionError e) {
            demo.close();
            throw e;
        }
    }

    /** The processes that the demo has started. */
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Ends the demo as Ctrl-C does, and waits for it. */
    void interrupt() {
        Command.run(Duration.ofSeconds(5), "kill", "-INT", Long.toString(process.pid()))
                .succeeded();
        Awaitility.await("the demo to end").atMost(STOPPED).until(() -> !process.isAlive());
    }

    Path dir() {
        return dir;
    }

    private Path json() {
        return dir.resolve("demo.json");
    }

    String screen() {
        return read(screen);
    }

    String log(String node) {
        return read(dir.resolve("logs").resolve(node + ".log"));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode contract() {
        try {
            return JSON.readTree(json().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid(String node) {
        return field(node, "pid").asLong();
    }

    String address(String node) {
        return field(node, "address").asText();
    }

    private JsonNode field(String node, String field) {
        for (JsonNode each : contract().path("nodes")) {
            if (each.path("id").asText().equals(node)) {
                return each.path(field);
            }
        }
        throw new AssertionError("demo.json does not name " + node);
    }

    String password(String user) {
        for (JsonNode each : contract().path("accounts")) {
            if (each.path("user").asText().equals(user)) {
                return each.path("password").asText();
            }
        }
        throw new AssertionError("demo.json does not name " + user);
    }

    /** Sends a signal to a node's process, as an operator's {@code kill} does. */
    void signal(String node, String signal) {
        Command.run(Duration.ofSeconds(5), "kill", "-" + signal, Long.toString(pid(node)))
                .succeeded();
    }

    /** Starts a dead node again with {@code sipring demo start-node}. */
    void startNode(String node) {
        Command.sipring(Duration.ofSeconds(60), "demo", "start-node", node, "--dir", dir.toString())
                .succeeded();
    }

    JsonNode status() {
        try {
            return JSON.readTree(Command.sipring(Duration.ofSeconds(20), "status", "--json", "--dir", dir.toString())
                    .succeeded()
                    .output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one node itself says of the platform. It asks the manager about DNS first, for up to two seconds. */
    JsonNode status(String node) {
        try (InputStream body = page(node, "/status", 5_000).getInputStream()) {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a node knows so many members, all of them ready, and calls the acknowledged changes of its tables safe. */
    boolean safe(String node, int members) {
        try {
            JsonNode status = status(node);
            List<String> states = status.path("members").findValuesAsText("state");
            return states.equals(Collections.nCopies(members, "ready"))
                    && status.path("tableSafe").asBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    boolean ready(String node) {
        try {
            HttpURLConnection connection = page(node, "/readyz", 500);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private HttpURLConnection page(String node, String path, int limitMillis) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + address(node) + ":9464" + path).toURL().openConnection();
        connection.setConnectTimeout(limitMillis);
        connection.setReadTimeout(limitMillis);
        return connection;
    }

    /** Whether {@code sipring dns verify} finds the zone as the manager plans it, now. */
    // Three nodes in turn, each for as long as its manager and the name server may take: whoever waits has a limit of
    // its own.
    boolean zoneIsRight() {
        return Command.sipring(Duration.ofSeconds(60), "dns", "verify", "--dir", dir.toString())
                        .exit()
                == 0;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the demo did not stop on SIGTERM within " + STOPPED.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
