package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads what Java writes with {@code -Xlog:gc}. */
final class Pauses {
    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+\\.\\d+)ms");

    private Pauses() {}

    /** The pauses that a file tells of, in milliseconds, the first one first. */
    static List<Double> of(Path file) throws IOException {
        return read(Files.readString(file));
    }

    static List<Double> read(String log) {
        return PAUSE.matcher(log)
                .results()
                .map((MatchResult pause) -> Double.valueOf(pause.group(1)))
                .toList();
    }

    /** The longest; 0 where there was none. */
    static double longest(List<Double> pauses) {
        return pauses.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
