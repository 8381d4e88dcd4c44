package org.sipring.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.Wait;

/** The processes that the demo started: plain children, which anybody may kill. One thread at a time. */
final class Children {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String MARK = "org.sipring.app.Main";

    private final DemoLayout layout;
    private final Map<String, Process> running = new LinkedHashMap<>();
    private boolean stopped;

    Children(DemoLayout layout) {
        this.layout = layout;
    }

    /**
     * Starts this very program again with another command.
     *
     * @param name names the child and its log
     * @param jvm options for its Java machine
     * @param arguments its command line
     * @throws CommandFailure once {@link #stop} was called: nobody would end that child
     */
    synchronized void start(String name, List<String> jvm, List<String> arguments) {
        if (stopped) {
            throw new CommandFailure("the demo is stopping, and starts nothing any more");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MARK));
        command.addAll(arguments);
        try {
            Path log = layout.log(name);
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            running.put(name, builder.start());
            Files.write(
                    layout.pids(),
                    running.values().stream().map(p -> Long.toString(p.pid())).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** The process id of a child, dead or alive. */
    synchronized Optional<Long> pid(String name) {
        return Optional.ofNullable(running.get(name)).map(Process::pid);
    }

    synchronized boolean alive(String name) {
        Process process = running.get(name);
        return process != null && process.isAlive();
    }

    /** Names those that have ended although nobody stopped them here. */
    synchronized List<String> fallen() {
        return stopped
                ? List.of()
                : running.keySet().stream().filter(name -> !alive(name)).toList();
    }

    /**
     * Ends all, the youngest first: politely, and after a while by force.
     *
     * @param progress is told who is ending and who has ended
     */
    synchronized void stop(PrintStream progress) {
        stopped = true;
        List<Map.Entry<String, Process>> order = new ArrayList<>(running.entrySet());
        order.removeIf(child -> !child.getValue().isAlive());
        Collections.reverse(order);
        if (!order.isEmpty()) {
            List<String> names = order.stream().map(Map.Entry::getKey).toList();
            progress.printf("stopping %s ...%n", String.join(", ", names));
        }
        order.forEach(child -> child.getValue().destroy());
        order.forEach(child -> progress.printf("  %s %s%n", child.getKey(), awaitEnd(child.getValue())));
        try {
            Files.deleteIfExists(layout.pids());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end and forces it when it does not come; tells which it was. */
    private static String awaitEnd(Process process) {
        try {
            if (process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return "has ended";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return "did not end by itself and was killed";
    }

    /** Ends what a demo that was itself killed has left behind in this folder. */
    void endLeftovers() {
        if (!Files.exists(layout.pids())) {
            return;
        }
        try {
            for (String pid : Files.readAllLines(layout.pids())) {
                ProcessHandle.of(Long.parseLong(pid)).filter(this::ours).ifPresent(Children::end);
            }
            Files.deleteIfExists(layout.pids());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A process id may have been given to a stranger since: only one that runs this program on this folder is ours.
    private boolean ours(ProcessHandle process) {
        Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            String line = Files.readString(commandLine);
            return line.contains(MARK) && line.contains(layout.dir().toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(ProcessHandle process) {
        process.destroyForcibly();
        Wait.until(PATIENCE, () -> !process.isAlive());
    }
}
