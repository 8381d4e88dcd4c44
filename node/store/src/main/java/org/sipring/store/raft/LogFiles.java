package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sipring.store.database.DamagedException;

/**
 * The files of Ratis' log, by their names alone.
 *
 * @param folder where they are
 */
record LogFiles(Path folder) {
    private static final Pattern NAME = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");

    /** Whether the replica has ever had an entry of the log, or heard who is in the group. */
    boolean hasHistory() throws IOException {
        return Files.exists(folder.resolve("raft-meta.conf")) || first().isPresent();
    }

    /** Fails where the log does not reach back to an entry: what was there is nowhere any more. */
    void mustHave(long entry) throws IOException {
        OptionalLong first = first();
        if (first.isEmpty() || first.getAsLong() > entry) {
            throw DamagedException.in(
                    folder,
                    new IOException("it has no entry " + entry
                            + ", with which the log would go on behind what is left of the database"));
        }
    }

    private OptionalLong first() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .min();
        }
    }
}
