package org.sipring.store.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, and their format's number. */
final class Schema {
    private static final int FORMAT = 2;
    // Beside the format's number in the file's header: a number that it does not belong to is damaged.
    private static final int MARK = ~FORMAT;
    // The only format that had none.
    private static final int UNMARKED = 1;

    /** What makes them. */
    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE document(key BLOB NOT NULL PRIMARY KEY, revision INTEGER NOT NULL, value BLOB NOT NULL,
              checksum INTEGER NOT NULL, refers BLOB NOT NULL) STRICT, WITHOUT ROWID""",
            KeptTable.create(KeptTable.VALUES),
            KeptTable.create(KeptTable.CHUNKS),
            """
            CREATE TABLE request(high INTEGER NOT NULL, low INTEGER NOT NULL, made INTEGER NOT NULL, applied INTEGER NOT NULL,
              revision INTEGER NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY(high, low)) STRICT, WITHOUT ROWID""",
            "CREATE INDEX request_made ON request(made)",
            """
            CREATE TABLE progress(one INTEGER PRIMARY KEY CHECK(one = 1), term INTEGER NOT NULL, entry INTEGER NOT NULL,
              revision INTEGER NOT NULL, sum INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT""",
            "INSERT INTO progress VALUES(1, 0, -1, 0, 0, %d)"
                    .formatted(new Progress(Entry.Place.NONE, 0, 0).checksum()),
            "PRAGMA user_version = " + FORMAT,
            "PRAGMA application_id = " + MARK);

    private Schema() {}

    /** Makes the tables where there are none. */
    static void make(Connection connection) throws SQLException {
        int format = number(connection, "PRAGMA user_version");
        int mark = number(connection, "PRAGMA application_id");
        if (format == FORMAT && mark == MARK) {
            return;
        }
        if (mark == ~format || (format == UNMARKED && mark == 0)) {
            throw new IllegalStateException("the store was written by another release (format " + format
                    + "; this one knows " + FORMAT + "): start that release");
        }
        if (format != 0 || mark != 0 || number(connection, "SELECT count(*) FROM sqlite_schema") > 0) {
            throw new DamagedException("the header, which says format " + format);
        }
        begin(connection);
    }

    // All or nothing: what is cut short is begun again.
    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int number(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.getInt(1);
        }
    }
}
