package org.sipring.store.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, and their format's number. */
final class Schema {
    private static final int FORMAT = 1;

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE document(collection TEXT NOT NULL, name TEXT NOT NULL, revision INTEGER NOT NULL, value BLOB NOT NULL,
              checksum INTEGER NOT NULL, PRIMARY KEY(collection, name)) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE request(high INTEGER NOT NULL, low INTEGER NOT NULL, made INTEGER NOT NULL, applied INTEGER NOT NULL,
              revision INTEGER NOT NULL, PRIMARY KEY(high, low)) STRICT, WITHOUT ROWID""",
            "CREATE INDEX request_made ON request(made)",
            """
            CREATE TABLE progress(one INTEGER PRIMARY KEY CHECK(one = 1), term INTEGER NOT NULL, entry INTEGER NOT NULL,
              revision INTEGER NOT NULL) STRICT""",
            "INSERT INTO progress VALUES(1, 0, -1, 0)",
            "PRAGMA user_version = " + FORMAT);

    private Schema() {}

    /** Makes the tables where there are none. */
    static void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int format = format(statement);
            if (format > FORMAT) {
                throw new DamagedException("the store was written by a newer release (format " + format
                        + "; this one knows " + FORMAT + "): start that release");
            }
            if (format == 0) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
        }
    }

    private static int format(Statement statement) throws SQLException {
        try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            return version.getInt(1);
        }
    }
}
