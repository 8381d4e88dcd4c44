package org.sipring.store.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sipring.store.database.Entry.Place;

/**
 * Compares all that a database holds with its checksums: each row, that they stand in their order, and that none is missing.
 * What else is in the file SQLite checks itself.
 */
final class Verification {
    private final Connection connection;

    Verification(Connection connection) {
        this.connection = connection;
    }

    /** Sees one state of the database, whatever is written meanwhile. */
    void run() throws SQLException {
        if (!new OneState(connection).read(this::complete)) {
            throw new DamagedException("the rows, some of which are missing");
        }
    }

    private boolean complete() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            structure(statement);
            Progress progress = progress(statement);
            return documents(statement) + requests(statement) + large() == progress.sum();
        }
    }

    private static void structure(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("PRAGMA integrity_check(1)")) {
            String first = found.getString(1);
            if (!first.equals("ok")) {
                throw new DamagedException(
                        "the structure (" + first.lines().findFirst().orElse("") + ')');
            }
        }
    }

    /** How far the database has come. */
    static Progress progress(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT term, entry, revision, sum, checksum FROM progress")) {
            if (row.next()) {
                Progress found =
                        new Progress(new Place(row.getLong(1), row.getLong(2)), row.getLong(3), row.getLong(4));
                if (found.checksum() == row.getLong(5)) {
                    return found;
                }
            }
        }
        throw new DamagedException("the note of how far the log has been applied");
    }

    private static long documents(Statement statement) throws SQLException {
        long sum = 0;
        try (ResultSet row = statement.executeQuery(Documents.ROW)) {
            while (row.next()) {
                sum += Documents.Row.of(row).intact().checksum();
            }
        }
        return sum;
    }

    private long large() throws SQLException {
        return new KeptTable(connection, KeptTable.VALUES).sum() + new KeptTable(connection, KeptTable.CHUNKS).sum();
    }

    private static long requests(Statement statement) throws SQLException {
        long sum = 0;
        try (ResultSet row = statement.executeQuery(Requests.ROW)) {
            while (row.next()) {
                sum += Requests.Row.of(row).intact().checksum();
            }
        }
        return sum;
    }
}
