package org.sipring.app.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A browser's SIP library under Node.js, with a WebSocket and without media. */
final class Browser implements AutoCloseable {
    private static final Path SCRIPTS = Command.ROOT.resolve("node/app/src/test/browser");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Path output;
    private final Process process;

    /**
     * Starts one.
     *
     * @param script {@code jssip.js} or {@code sipjs.js}, which say what they take and print
     * @param url of a node's WebSocket
     * @param demo has the user's password and the CA to trust
     */
    Browser(String script, String url, String user, DemoRun demo) {
        name = script + " of " + user;
        output = demo.dir().resolve(script + user + ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder("node", script, url, user, demo.password(user))
                    .directory(SCRIPTS.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .put("NODE_EXTRA_CA_CERTS", demo.dir().resolve("ca/ca.crt").toString());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings the libraries, as the lock file names them, unless they are there. */
    static void install() {
        File wanted = SCRIPTS.resolve("package-lock.json").toFile();
        // Written by npm at the end; 0 where it is missing.
        File installed = SCRIPTS.resolve("node_modules/.package-lock.json").toFile();
        if (installed.lastModified() >= wanted.lastModified()) {
            return;
        }
        Command.run(Duration.ofSeconds(60), List.of("npm", "ci", "--ignore-scripts", "--prefix", SCRIPTS.toString()))
                .succeeded();
    }

    /** Types a line. */
    void type(String line) {
        try {
            Writer keyboard = process.outputWriter(StandardCharsets.UTF_8);
            keyboard.write(line + "\n");
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has said a line so many times. */
    void says(String line, int times) {
        try {
            Stopwatch.until(
                    line, LIMIT, () -> said().lines().filter(line::equals).count() >= times);
        } catch (RuntimeException e) {
            throw new AssertionError(name + " did not say '" + line + "'; it said:\n" + said(), e);
        }
    }

    void says(String line) {
        says(line, 1);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
