package org.sipring.store.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reads with several statements as if they were one: what is committed between them is not seen, for SQLite lets a
 * transaction see one state of the database (<a href="https://www.sqlite.org/isolation.html">isolation</a>). Each statement by
 * itself may see another.
 */
final class OneState {
    private final Connection connection;

    /** Something that is read by several statements. */
    interface Reading<T> {
        T read() throws SQLException;
    }

    OneState(Connection connection) {
        this.connection = connection;
    }

    <T> T read(Reading<T> reading) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return reading.read();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * Reads without a transaction, which is cheaper, and once more with one before a damage is believed: a document that came
     * between two statements looks as one that the first of them had missed.
     */
    <T> T sure(Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (DamagedException perhaps) {
            return read(reading);
        }
    }
}
