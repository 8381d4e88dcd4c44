package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Processor time that a Java process has used since it started, by what its threads are for. From {@code /proc}, see
 * proc(5).
 *
 * @param micros microseconds
 */
record ThreadUse(Map<String, Double> micros) {
    private static final List<Map.Entry<String, String>> GROUPS = List.of(
            Map.entry("sip-", "SIP loops"),
            Map.entry("hz.", "tables (Hazelcast)"),
            Map.entry("overlay", "overlay"),
            Map.entry("C1 ", "Java compiler"),
            Map.entry("C2 ", "Java compiler"),
            Map.entry("GC ", "garbage collector"),
            Map.entry("VM ", "garbage collector"));
    private static final String OTHERS = "others";

    static ThreadUse of(long pid) throws IOException {
        Map<String, Double> sum = new HashMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                add(Files.readString(thread.resolve("stat")), sum);
            }
        }
        return new ThreadUse(sum);
    }

    /** Adds a line of {@code stat}. */
    static void add(String line, Map<String, Double> sum) {
        ProcessStat thread = ProcessStat.read(line);
        sum.merge(group(thread.name()), thread.user() + thread.system(), Double::sum);
    }

    private static String group(String name) {
        return GROUPS.stream()
                .filter(group -> name.startsWith(group.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHERS);
    }

    ThreadUse since(ThreadUse before) {
        Map<String, Double> more = new TreeMap<>(micros);
        before.micros.forEach((group, used) -> more.merge(group, -used, Double::sum));
        return new ThreadUse(more);
    }
}
