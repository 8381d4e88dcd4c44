package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of Ratis' log.
 *
 * @param folder where they are
 */
record LogFiles(Path folder) {
    private static final Pattern NAME = Pattern.compile("log_(?:inprogress_(\\d+)|(\\d+)-(\\d+))");

    /**
     * A file.
     *
     * @param path where it is
     * @param first the number of its first entry
     * @param last that of its last one; empty where entries are still added to it
     */
    record Segment(Path path, long first, Optional<Long> last) {
        static Optional<Segment> of(Path path) {
            Matcher name = NAME.matcher(path.getFileName().toString());
            if (!name.matches()) {
                return Optional.empty();
            }
            return Optional.of(
                    name.group(1) == null
                            ? new Segment(path, Long.parseLong(name.group(2)), Optional.of(Long.valueOf(name.group(3))))
                            : new Segment(path, Long.parseLong(name.group(1)), Optional.empty()));
        }
    }

    /** In their order. */
    List<Segment> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> Segment.of(file).stream())
                    .sorted(Comparator.comparing(Segment::first))
                    .toList();
        }
    }

    /** Whether the replica has ever had an entry of the log, or heard who is in the group. */
    boolean hasHistory() throws IOException {
        return Files.exists(folder.resolve("raft-meta.conf")) || !all().isEmpty();
    }

    /** Puts them into another folder. */
    void move(Path kept) throws IOException {
        Files.createDirectories(kept);
        for (Segment file : lastFirst()) {
            Files.move(
                    file.path(),
                    kept.resolve(file.path().getFileName()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes them. */
    void delete() throws IOException {
        for (Segment file : lastFirst()) {
            Files.delete(file.path());
        }
    }

    // What is cut short leaves no gap.
    private List<Segment> lastFirst() throws IOException {
        List<Segment> files = new ArrayList<>(all());
        Collections.reverse(files);
        return files;
    }
}
