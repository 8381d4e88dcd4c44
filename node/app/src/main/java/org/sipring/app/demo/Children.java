package org.sipring.app.demo;

import java.io.IOException;
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
import org.sipring.runtime.Wait;

/** The processes that the demo started: plain children, which anybody may kill. One thread at a time. */
final class Children {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String MARK = "org.sipring.app.Main";

    private final DemoLayout layout;
    private final Map<String, Process> running = new LinkedHashMap<>();

    Children(DemoLayout layout) {
        this.layout = layout;
    }

    /**
     * Starts this very program again with another command.
     *
     * @param name names the child and its log
     * @param jvm options for its Java machine
     * @param arguments its command line
     */
    synchronized void start(String name, List<String> jvm, List<String> arguments) {
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

    /** Ends all, the youngest first: politely, and after a while by force. */
    synchronized void stop() {
        List<Process> order = new ArrayList<>(running.values());
        Collections.reverse(order);
        order.forEach(Process::destroy);
        for (Process process : order) {
            if (!ended(process)) {
                process.destroyForcibly();
            }
        }
        try {
            Files.deleteIfExists(layout.pids());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
