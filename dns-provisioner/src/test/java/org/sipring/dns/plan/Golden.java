package org.sipring.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with a file beside the tests; {@code -Dsipring.golden=write} writes it, to be reviewed as a diff. */
final class Golden {
    private static final Path FILES = Path.of("src/test/resources/org/sipring/dns/plan");

    private Golden() {}

    static void check(String name, String text) {
        Path file = FILES.resolve(name);
        try {
            if ("write".equals(System.getProperty("sipring.golden"))) {
                Files.writeString(file, text);
            }
            assertThat(text).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
