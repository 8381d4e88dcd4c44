package org.sipring.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server has used since it started, its children included. From {@code /proc}, see proc(5).
 *
 * @param user processor time in its own code, in microseconds
 * @param system processor time in the kernel, in microseconds
 * @param switches context switches of all threads
 */
record Usage(double user, double system, long switches) {
    private static final Pattern SWITCHES = Pattern.compile("voluntary_ctxt_switches:\\s+(\\d+)");
    private static final Path PROC = Path.of("/proc");

    static Usage of(List<Long> pids) {
        Usage sum = new Usage(0, 0, 0);
        for (long pid : pids) {
            for (long process : family(pid)) {
                sum = sum.plus(ofOne(process));
            }
        }
        return sum;
    }

    private static List<Long> family(long pid) {
        Deque<ProcessHandle> open = new ArrayDeque<>();
        ProcessHandle.of(pid).ifPresent(open::add);
        List<Long> found = new ArrayList<>();
        while (!open.isEmpty()) {
            ProcessHandle next = open.remove();
            found.add(next.pid());
            next.children().forEach(open::add);
        }
        return found;
    }

    private static Usage ofOne(long pid) {
        ProcessStat stat =
                ProcessStat.read(read(PROC.resolve(Long.toString(pid)).resolve("stat")));
        return new Usage(stat.user(), stat.system(), switches(pid));
    }

    private static long switches(long pid) {
        try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
            return threads.mapToLong(thread -> switches(read(thread.resolve("status"))))
                    .sum();
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long switches(String status) {
        Matcher counts = SWITCHES.matcher(status);
        long sum = 0;
        while (counts.find()) {
            sum += Long.parseLong(counts.group(1));
        }
        return sum;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Usage plus(Usage other) {
        return new Usage(user + other.user, system + other.system, switches + other.switches);
    }

    /** Processor time, in seconds. */
    double seconds() {
        return (user + system) / 1e6;
    }

    Usage since(Usage before) {
        return new Usage(user - before.user, system - before.system, switches - before.switches);
    }
}
