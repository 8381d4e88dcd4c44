package org.sipring.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What sipp plays and what Kamailio does, brought from this program into files. */
final class Scenarios {
    private Scenarios() {}

    static Path file(Path dir, String name) throws IOException {
        Path file = dir.resolve(name);
        if (!Files.exists(file)) {
            try (InputStream in = Objects.requireNonNull(Scenarios.class.getResourceAsStream(name), name)) {
                Files.copy(in, file);
            }
        }
        return file;
    }
}
