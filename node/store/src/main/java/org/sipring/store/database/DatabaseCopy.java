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
    // A copy of 100,000 documents takes some millions: it is asked dozens of times.
    private static final int STEPS_BETWEEN_QUESTIONS = 50_000;

    /**
     * Makes one of a single moment, compact, and compares it with its checksums.
     *
     * @param source the database, to be closed by this
     * @param copy a file that does not exist
     * @param unwanted asked often; once true, this fails soon
     */
    static DatabaseCopy make(Connection source, Path copy, BooleanSupplier unwanted) throws SQLException {
        try (source;
                Statement statement = source.createStatement()) {
            endWhen(source, unwanted);
            statement.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
        }
        try (Connection made = Database.reading(copy);
                Statement statement = made.createStatement()) {
            endWhen(made, unwanted);
            Reader reader = new Reader(made);
            reader.verify();
            List<ChunkName> chunks =
                    reader.chunks().names().stream().map(ChunkName::new).toList();
            return new DatabaseCopy(Verification.progress(statement).place(), chunks);
        }
    }

    private static void endWhen(Connection connection, BooleanSupplier unwanted) throws SQLException {
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_QUESTIONS, new ProgressHandler() {
            @Override
            protected int progress() {
                return unwanted.getAsBoolean() ? 1 : 0;
            }
        });
    }
}
