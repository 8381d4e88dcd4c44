package org.sipring.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChaptersTest {
    private static final String STORE = "## " + StoreReport.HEADING + "\n\n";

    private final Path file;

    ChaptersTest(@TempDir Path dir) {
        file = dir.resolve("page.md");
    }

    private String page() throws IOException {
        return Files.readString(file);
    }

    @Test
    void eachMeasurementLeavesTheOthersChapter() throws IOException {
        Chapters.last(file, STORE + "1\n");
        Chapters.first(file, "# Benchmarks\n\n1\n\n");
        assertThat(page()).isEqualTo("# Benchmarks\n\n1\n\n" + STORE + "1\n");

        Chapters.last(file, STORE + "2\n");
        assertThat(page()).isEqualTo("# Benchmarks\n\n1\n\n" + STORE + "2\n");

        Chapters.first(file, "# Benchmarks\n\n2\n\n");
        assertThat(page()).isEqualTo("# Benchmarks\n\n2\n\n" + STORE + "2\n");
    }

    @Test
    void aChapterThatIsNotThereYetComesLast() throws IOException {
        Files.writeString(file, "# Benchmarks\n\n1\n");
        Chapters.last(file, STORE + "1\n");

        assertThat(page()).isEqualTo("# Benchmarks\n\n1\n\n" + STORE + "1\n");
    }
}
