package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads what sipp writes: {@code -trace_stat} and {@code -trace_rtt}, see its manual. */
final class SippFiles {
    private SippFiles() {}

    /** The last value of a column of the statistics; 0 where it was never written. */
    static long last(List<String> statistics, String column) {
        if (statistics.size() < 2) {
            return 0;
        }
        int place = Arrays.asList(statistics.get(0).split(";", -1)).indexOf(column);
        String[] values = statistics.get(statistics.size() - 1).split(";", -1);
        if (place < 0 || place >= values.length) {
            throw new IllegalArgumentException("sipp's statistics have no column " + column);
        }
        return Long.parseLong(values[place].trim());
    }

    /** The response times, in milliseconds, ascending. */
    static List<Double> millis(List<String> times) {
        return times.stream()
                .skip(1)
                .map(line -> line.split(";", -1))
                .filter(fields -> fields.length > 1)
                .map(fields -> Double.valueOf(fields[1].trim()))
                .sorted()
                .toList();
    }

    static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
