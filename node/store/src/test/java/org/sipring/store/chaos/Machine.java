package org.sipring.store.chaos;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.sipring.store.raft.StoreProcess;

/** A node in a process of its own. Started and ended by one thread, asked by any. */
final class Machine implements AutoCloseable {
    private static final Duration SIGNAL = Duration.ofSeconds(5);

    private final String name;
    private final Path dir;
    private final List<String> arguments;
    private final List<String> prefix;
    private volatile Optional<Running> running = Optional.empty();

    /**
     * A machine that is off.
     *
     * @param name the node's
     * @param dir its disk
     * @param identity the folder of its identity
     * @param replicas all replicas
     * @param prefix what to run so that its process runs
     */
    Machine(String name, Path dir, Path identity, List<String> replicas, List<String> prefix) {
        this.prefix = prefix;
        this.name = name;
        this.dir = dir;
        arguments = new ArrayList<>(List.of(name, dir.toString(), identity.toString()));
        arguments.addAll(replicas);
    }

    /** One run of the process, and who waits for its answers. */
    private static final class Running {
        private final Process process;
        private final Writer questions;
        private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
        private final AtomicInteger numbers = new AtomicInteger();

        Running(Process process, String name) {
            this.process = process;
            questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            Thread reader = new Thread(this::read, "answers-" + name);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (var answers = process.inputReader(StandardCharsets.UTF_8)) {
                answers.lines().map(line -> line.split(" ", 2)).forEach(this::take);
            } catch (IOException | UncheckedIOException killed) {
                // Whoever waits is told below.
            }
            waiting.values().forEach(answer -> answer.cancel(false));
        }

        private void take(String... answer) {
            Optional.ofNullable(waiting.remove(answer[0])).ifPresent(waits -> waits.complete(answer[1]));
        }

        CompletableFuture<String> ask(String question) {
            String number = String.valueOf(numbers.incrementAndGet());
            CompletableFuture<String> answer = new CompletableFuture<>();
            waiting.put(number, answer);
            try {
                write(number + ' ' + question + '\n');
            } catch (IOException killed) {
                answer.completeExceptionally(killed);
            }
            return answer;
        }

        private synchronized void write(String line) throws IOException {
            questions.write(line);
            questions.flush();
        }
    }

    String name() {
        return name;
    }

    Path dir() {
        return dir;
    }

    void start() throws IOException {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dratis.level=" + System.getProperty("ratis.level", "OFF"),
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName()));
        words.addAll(arguments);
        Path log = dir.resolveSibling(name + ".log");
        running = Optional.of(new Running(
                new ProcessBuilder(words)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                name));
    }

    /** Empty where it does not answer in time. */
    Optional<String> ask(String question, Duration limit) {
        return running.flatMap(process -> process.ask(question)
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), limit.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(killed -> Optional.empty())
                .join());
    }

    /** It dies within a moment. */
    void strike() {
        running.orElseThrow().process.destroyForcibly();
    }

    /** Returns when it is dead. */
    void kill() throws InterruptedException {
        strike();
        running.orElseThrow().process.waitFor();
        running = Optional.empty();
    }

    /** Returns when it stands still. */
    void hang() throws IOException, InterruptedException {
        signal("STOP");
        until(() -> state() == 'T');
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
        until(() -> state() != 'T');
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private long pid() {
        return running.orElseThrow().process.pid();
    }

    // proc_pid_stat(5): the state stands behind the name, which is in parentheses.
    private char state() {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    private void until(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + SIGNAL.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(name + " does not heed a signal");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** In any case, also when it hangs. */
    @Override
    public void close() {
        running.ifPresent(process -> process.process.destroyForcibly());
    }
}
