package org.sipring.store.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that copies are in, each named after when it was made. What has another name is let alone.
 *
 * @param dir the folder
 */
record Shelf(Path dir) {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH-mm-ss'Z.backup'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    void make() throws IOException {
        Files.createDirectories(
                dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    Path place(Instant made) {
        return dir.resolve(NAME.format(made));
    }

    static Optional<Instant> made(Path copy) {
        try {
            return Optional.of(NAME.parse(copy.getFileName().toString(), Instant::from));
        } catch (DateTimeParseException another) {
            return Optional.empty();
        }
    }

    /** The oldest first. */
    List<Path> copies() throws IOException {
        if (Files.notExists(dir)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(dir)) {
            return all.filter(path -> made(path).isPresent()).sorted().toList();
        }
    }

    /** Leaves the newest. */
    void keep(int most) throws IOException {
        List<Path> copies = new ArrayList<>(copies());
        while (copies.size() > most) {
            Files.delete(copies.remove(0));
        }
    }
}
