package org.sipring.store.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sipring.api.LargeName;
import org.sipring.store.command.Key;
import org.sipring.store.large.LargeCodec;

/**
 * The rows of documents, none of which is trusted whose checksum is not right. Where a row is not found, its neighbours are
 * judged: a search that a damaged key has led astray ends beside that key. The key is one column, for SQLite would pass over
 * rows that are out of their order by two. Lives in one thread.
 */
final class Documents {
    /** All rows, as {@link Row#of} reads them. */
    static final String ROW = "SELECT key, revision, value, checksum, refers FROM document";

    /** Writes one, by {@link Row#put}. */
    static final String PUT = "INSERT OR REPLACE INTO document VALUES(?, ?, ?, ?, ?)";

    private final PreparedStatement first;
    private final PreparedStatement last;
    private final PreparedStatement upTo;
    private final PreparedStatement from;
    private final PreparedStatement all;

    /**
     * A row.
     *
     * @param key whose
     * @param revision its revision
     * @param value the content
     * @param checksum as it was written
     * @param refers the names of the large values that it refers to
     */
    record Row(Key key, long revision, byte[] value, long checksum, byte[] refers) {
        private static final byte[] NOTHING = {};

        static Row of(ResultSet row) throws SQLException {
            return new Row(keyOf(bytes(row, 1)), row.getLong(2), bytes(row, 3), row.getLong(4), bytes(row, 5));
        }

        static Row of(Key key, long revision, byte[] value, Set<LargeName> refersTo) {
            byte[] refers = LargeCodec.bytes(refersTo);
            return new Row(key, revision, value, Checksum.of(key, revision, value, refers), refers);
        }

        Set<LargeName> refersTo() {
            return LargeCodec.names(refers);
        }

        void put(PreparedStatement statement) throws SQLException {
            statement.setBytes(1, Documents.bytes(key));
            statement.setLong(2, revision);
            statement.setBytes(3, value);
            statement.setLong(4, checksum);
            statement.setBytes(5, refers);
            statement.executeUpdate();
        }

        // A column's type may be damaged as well.
        private static byte[] bytes(ResultSet row, int column) throws SQLException {
            return Optional.ofNullable(row.getBytes(column)).orElse(NOTHING);
        }

        /** It, where nothing in it has changed since it was written. */
        Row intact() {
            if (Checksum.of(key, revision, value, refers) != checksum) {
                throw new DamagedException("the document " + key.name() + " of " + key.collection());
            }
            return this;
        }
    }

    Documents(Connection connection) throws SQLException {
        first = connection.prepareStatement(ROW + " ORDER BY key LIMIT 1");
        last = connection.prepareStatement(ROW + " ORDER BY key DESC LIMIT 1");
        upTo = connection.prepareStatement(ROW + " WHERE key <= ? ORDER BY key DESC LIMIT 1");
        from = connection.prepareStatement(ROW + " WHERE key >= ? ORDER BY key");
        all = connection.prepareStatement(ROW + " ORDER BY key");
    }

    Optional<Row> get(Key key) throws SQLException {
        Optional<Row> found = upTo(key).filter(row -> row.key().equals(key));
        if (found.isEmpty()) {
            var unused = from(key, neighbour -> true, 1, Row::key);
        }
        return found;
    }

    /** At most so many from a key on that is perhaps not there, up to the first that is not wanted. */
    <T> List<T> walk(Key begin, Predicate<Key> wanted, int most, Function<Row, T> made) throws SQLException {
        var unused = upTo(begin);
        return from(begin, wanted, most, made);
    }

    private <T> List<T> from(Key begin, Predicate<Key> wanted, int most, Function<Row, T> made) throws SQLException {
        from.setBytes(1, bytes(begin));
        List<T> found = new ArrayList<>();
        Key last = begin;
        try (ResultSet row = from.executeQuery()) {
            while (found.size() < most) {
                if (!row.next()) {
                    judgeEnd(last);
                    break;
                }
                Row next = Row.of(row).intact();
                last = next.key();
                if (!wanted.test(last)) {
                    break;
                }
                found.add(made.apply(next));
            }
        }
        return found;
    }

    // One statement sees one state of the database, however long it is read: https://www.sqlite.org/isolation.html
    void all(BiConsumer<Key, Row> teller) throws SQLException {
        try (ResultSet row = all.executeQuery()) {
            while (row.next()) {
                Row next = Row.of(row).intact();
                teller.accept(next.key(), next);
            }
        }
    }

    // The last row that is not behind a key.
    private Optional<Row> upTo(Key key) throws SQLException {
        upTo.setBytes(1, bytes(key));
        Optional<Row> found = intact(upTo);
        if (found.isEmpty()
                && intact(first).filter(row -> row.key().compareTo(key) <= 0).isPresent()) {
            throw lost();
        }
        return found;
    }

    // A search also ends at a row whose key is nothing any more, as if there were none behind it.
    private void judgeEnd(Key key) throws SQLException {
        if (intact(last).filter(row -> row.key().compareTo(key) > 0).isPresent()) {
            throw lost();
        }
    }

    private static DamagedException lost() {
        return new DamagedException("the order of documents");
    }

    private static Optional<Row> intact(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(Row.of(row).intact()) : Optional.empty();
        }
    }

    /** A key, as rows have it and are ordered by it. No collection's name has a NUL. */
    static byte[] bytes(Key key) {
        return (key.collection() + '\0' + key.name()).getBytes(StandardCharsets.UTF_8);
    }

    private static Key keyOf(byte... bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\0", 2);
        return new Key(parts[0], parts[parts.length - 1]);
    }
}
