package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of ours, with its output in a file. */
final class Child implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration END = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(Path dir, String name, List<String> words) throws IOException {
        Path log = dir.resolve(name + ".log");
        Process process = new ProcessBuilder(words)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(process, log);
    }

    /** Runs a program to its end; gives what it said. */
    static String output(Path dir, String name, List<String> words) throws IOException, InterruptedException {
        try (Child child = start(dir, name, words)) {
            child.process.waitFor();
            return Files.readString(child.log);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits for something to be so. */
    void await(String what, Duration limit, BooleanSupplier so) throws IOException, InterruptedException {
        long left = limit.dividedBy(POLL);
        while (!so.getAsBoolean()) {
            left--;
            if (left < 0 || process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(what + " did not come; its output is in " + log);
            }
        }
    }

    /**
     * Waits for its end.
     *
     * @return its exit status, or -1 when it took too long and was ended
     */
    int end(Duration limit) throws InterruptedException {
        if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            return process.exitValue();
        }
        close();
        return -1;
    }

    /**
     * Waits for its end, which must be a success.
     *
     * @return what it had used a moment before
     */
    Usage use(String what, Duration limit) throws IOException, InterruptedException {
        long left = limit.dividedBy(POLL);
        Usage used = Usage.of(List.of(pid()));
        while (!process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            left--;
            if (left < 0) {
                throw new IOException(what + " does not end; its output is in " + log);
            }
            Usage now = Usage.of(List.of(pid()));
            used = now.user() > 0 ? now : used;
        }
        if (process.exitValue() != 0) {
            throw new IOException(what + " failed; its output is in " + log);
        }
        return used;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
