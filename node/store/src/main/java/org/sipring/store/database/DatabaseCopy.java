package org.sipring.store.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.large.ChunkName;
import org.sqlite.ProgressHandler;

/**
 * A copy of a database's documents.
 *
 * @param place how far it has come
 * @param chunks which it knows
 */
record DatabaseCopy(Place place, List<ChunkName> chunks) {
    // A hundred thousand documents are some millions of SQLite's steps.
    private static final int STEPS_BETWEEN_QUESTIONS = 50_000;

    /**
     * Makes one of a single moment, compact, and compares it with its checksums.
     *
     * @param source of what; closed by this
     * @param copy a file that does not exist
     * @param ended asked often: whether it is to fail, since nobody wants the copy any more
     */
    static DatabaseCopy make(Connection source, Path copy, BooleanSupplier ended) throws SQLException {
        try (source;
                Statement statement = source.createStatement()) {
            endable(source, ended);
            statement.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
        }
        try (Connection made = Database.reading(copy);
                Statement statement = made.createStatement()) {
            endable(made, ended);
            Reader reader = new Reader(made);
            reader.verify();
            List<ChunkName> chunks =
                    reader.chunks().names().stream().map(ChunkName::new).toList();
            return new DatabaseCopy(Verification.progress(statement).place(), chunks);
        }
    }

    private static void endable(Connection connection, BooleanSupplier ended) throws SQLException {
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_QUESTIONS, new ProgressHandler() {
            @Override
            protected int progress() {
                return ended.getAsBoolean() ? 1 : 0;
            }
        });
    }
}
