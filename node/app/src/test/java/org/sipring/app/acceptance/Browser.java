package org.sipring.app.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A page with a SIP library in a headless Chromium, which trusts the demo's CA and no other of ours; without media. */
final class Browser implements AutoCloseable {
    private static final Path SCRIPTS = Command.ROOT.resolve("node/app/src/test/browser");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Typed program;

    /**
     * Starts one.
     *
     * @param script {@code jssip.js} or {@code sipjs.js}, which say what they take and tell
     * @param url of a node's WebSocket
     * @param demo has the user's password and the CA to trust
     */
    Browser(String script, String url, String user, DemoRun demo) {
        this(script, url, user, demo, home(demo));
    }

    /** The same with other trust: what the NSS database of a home says. */
    Browser(String script, String url, String user, DemoRun demo, Path home) {
        name = script + " of " + user;
        Path output = demo.dir().resolve(script + user + ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder("node", "chromium.js", script, url, user, demo.password(user))
                    .directory(SCRIPTS.toFile());
            builder.environment().put("HOME", home.toString());
            program = Typed.start(builder, output);
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

    private static Path home(DemoRun demo) {
        return demo.dir().resolve("browsers");
    }

    /** Makes Chromium trust a demo's CA, as an operator's users would: in their NSS database. */
    static void trust(DemoRun demo) {
        Path keys = home(demo).resolve(".pki/nssdb");
        try {
            Files.createDirectories(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String ca = demo.dir().resolve("ca/ca.crt").toString();
        certutil(keys, "-N", "--empty-password");
        certutil(keys, "-A", "-n", "sipring", "-t", "C,,", "-i", ca);
    }

    private static void certutil(Path keys, String... words) {
        List<String> command = new ArrayList<>(List.of("certutil", "-d", "sql:" + keys));
        command.addAll(List.of(words));
        Command.run(LIMIT, command).succeeded();
    }

    /** Types a line. */
    void type(String line) {
        program.type(line);
    }

    /** Waits until it has said a line so many times. */
    void says(String line, int times) {
        try {
            Stopwatch.until(
                    line,
                    LIMIT,
                    () -> program.said().lines().filter(line::equals).count() >= times);
        } catch (RuntimeException e) {
            throw new AssertionError(name + " did not say '" + line + "'; it said:\n" + program.said(), e);
        }
    }

    void says(String line) {
        says(line, 1);
    }

    @Override
    public void close() {
        program.end();
    }
}
