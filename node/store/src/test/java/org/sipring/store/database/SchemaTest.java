package org.sipring.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another release's database is told apart from a damaged one. */
final class SchemaTest {
    private final Path file;

    SchemaTest(@TempDir Path dir) throws IOException {
        file = dir.resolve("documents.db");
        Database.open(file).close();
    }

    private void header(int format, int mark) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = " + format);
            statement.execute("PRAGMA application_id = " + mark);
        }
    }

    @Test
    void aNewerReleasesIsRefusedInWordsThatHelp() throws Exception {
        header(3, ~3);
        refusesAnothers(3);
    }

    @Test
    void soIsOneOfBeforeTheFirstRelease() throws Exception {
        header(1, 0);
        refusesAnothers(1);
    }

    private void refusesAnothers(int format) {
        assertThatThrownBy(() -> Database.open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format " + format + "; this one knows 2")
                .hasMessageContaining("start that release");
    }

    @Test
    void aNumberThatItsMarkDoesNotBelongToIsDamaged() throws Exception {
        header(3, ~2);
        assertThatThrownBy(() -> Database.open(file))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(file + " is damaged: the header, which says format 3");
    }

    @Test
    void soAreTablesUnderNoNumber() throws Exception {
        header(0, 0);
        assertThatThrownBy(() -> Database.open(file)).isInstanceOf(DamagedException.class);
    }

    @Test
    void whatHasNoTablesYetIsBegun() throws IOException {
        Files.write(file, new byte[0]);
        try (Database database = Database.open(file)) {
            database.verify();
            assertThat(database.place()).isEqualTo(Entry.Place.NONE);
        }
    }
}
