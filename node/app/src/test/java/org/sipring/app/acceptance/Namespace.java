package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of its own, with nothing but a loopback interface, and a {@code resolv.conf} of its own: port 53 is free there,
 * and programs that cannot be told another name server use it. Without root it has a user's namespace as well.
 */
final class Namespace implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String SETUP =
            """
            ip link set lo up && ip address add %1$s/8 dev lo && mount --bind %2$s /etc/resolv.conf \
            && touch %3$s && exec sleep infinity
            """;

    private final List<String> user;
    private final Path dir;
    private final Process holder;

    /**
     * Opens a namespace.
     *
     * @param dir a folder for its files, where programs run
     * @param nameServer an address of its loopback interface, for a name server
     */
    Namespace(Path dir, String nameServer) {
        this.dir = dir;
        boolean root = Command.run(LIMIT, "id", "-u").output().strip().equals("0");
        user = root ? List.of() : List.of("--user", "--preserve-credentials");
        try {
            Path resolv = Files.writeString(dir.resolve("resolv.conf"), "nameserver " + nameServer + "\n");
            Path ready = dir.resolve("namespace.ready");
            String setUp = SETUP.formatted(nameServer, resolv, ready);
            List<String> own = root ? List.of() : List.of("--user", "--map-root-user");
            holder = start(words("unshare", own, "--net", "--mount", "sh", "-c", setUp), "namespace");
            Stopwatch.until("the namespace", LIMIT, () -> Files.exists(ready));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to run so that a program runs inside. */
    List<String> inside(String... program) {
        String target = "--target=" + holder.pid();
        List<String> words = words("nsenter", user, target, "--net", "--mount", "--wd=" + dir, "--");
        words.addAll(List.of(program));
        return words;
    }

    private static List<String> words(String program, List<String> own, String... options) {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(own);
        words.addAll(List.of(options));
        return words;
    }

    /** Starts a program inside, in the folder, where its output goes as well. */
    Process run(String... program) {
        return start(inside(program), program[0].replaceAll(".*/", ""));
    }

    private Process start(List<String> words, String name) {
        try {
            return new ProcessBuilder(words)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve(name + ".out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the servers that run inside, the last one first, and then the namespace. */
    void close(List<Process> servers) {
        for (int last = servers.size() - 1; last >= 0; last--) {
            servers.get(last).destroy();
            servers.get(last).onExit().join();
        }
        close();
    }

    @Override
    public void close() {
        holder.destroy();
        holder.onExit().join();
    }
}
