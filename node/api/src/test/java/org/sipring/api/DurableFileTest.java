package org.sipring.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    Path folder;

    private Path file;
    private Path fresh;

    @BeforeEach
    void name() {
        file = folder.resolve("roster");
        fresh = folder.resolve("roster.new");
    }

    @Test
    void aFileIsMadeAndReplacedAndNothingIsLeftBeside() throws IOException {
        DurableFile.replace(file, "a long first text".getBytes(UTF_8));
        DurableFile.replace(file, "second".getBytes(UTF_8));

        assertThat(file).hasContent("second");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(fresh::equals);
    }

    @Test
    void theOldFileStaysWhereTheNewOneCannotBeWritten() throws IOException {
        DurableFile.replace(file, "old".getBytes(UTF_8));
        Files.createDirectories(fresh.resolve("in the way"));

        assertThatThrownBy(() -> DurableFile.replace(file, "new".getBytes(UTF_8)))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
    }

    @Test
    void whatAPowerCutLeftBesideLendsTheNewFileNeitherContentNorPermissions() throws IOException {
        Files.writeString(file, "old");
        Files.writeString(fresh, "half of a longer text");
        for (Path open : new Path[] {file, fresh}) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
        }

        var secret = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        DurableFile.replace(file, "key".getBytes(UTF_8), secret);

        assertThat(file).hasContent("key");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(secret.value());
    }
}
