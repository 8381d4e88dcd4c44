package org.sipring.store.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.api.Store;
import org.sipring.store.command.Key;

/** Reads what has been committed, and trusts no row whose checksum is not right. Lives in one thread. */
final class Reader implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement one;
    private final PreparedStatement from;
    private final PreparedStatement walk;

    Reader(Connection connection) throws SQLException {
        this.connection = connection;
        one = connection.prepareStatement(
                "SELECT revision, value, checksum FROM document WHERE collection = ? AND name = ?");
        from = connection.prepareStatement("SELECT revision, value, checksum, name FROM document"
                + " WHERE collection = ? AND name >= ? ORDER BY name");
        walk = connection.prepareStatement("SELECT collection, name FROM document"
                + " WHERE (collection, name) >= (?, ?) ORDER BY collection, name LIMIT ?");
    }

    Optional<Store.Document> get(Key key) throws SQLException {
        Writer.name(one, key);
        try (ResultSet row = one.executeQuery()) {
            return row.next() ? Optional.of(document(key, row)) : Optional.empty();
        }
    }

    /** At most so many, from a key that is perhaps not there. */
    List<Store.Document> list(String collection, String prefix, String first, int most) throws SQLException {
        from.setString(1, collection);
        from.setString(2, first);
        List<Store.Document> found = new ArrayList<>();
        try (ResultSet row = from.executeQuery()) {
            while (found.size() < most && row.next() && row.getString(4).startsWith(prefix)) {
                found.add(document(new Key(collection, row.getString(4)), row));
            }
        }
        return found;
    }

    /** At most so many of all collections, from one that is perhaps not there. */
    List<Key> keys(Key first, int most) throws SQLException {
        Writer.name(walk, first);
        walk.setInt(3, most);
        List<Key> found = new ArrayList<>();
        try (ResultSet row = walk.executeQuery()) {
            while (row.next()) {
                found.add(new Key(row.getString(1), row.getString(2)));
            }
        }
        return found;
    }

    // One statement sees one state of the database, however long it is read: https://www.sqlite.org/isolation.html
    void moment(Database.Teller teller) throws SQLException {
        try (PreparedStatement all = connection.prepareStatement("SELECT revision, value, checksum, collection, name"
                        + " FROM document ORDER BY collection, name");
                ResultSet row = all.executeQuery()) {
            while (row.next()) {
                Key key = new Key(row.getString(4), row.getString(5));
                teller.tell(key, document(key, row));
            }
        } catch (IOException theTellers) {
            throw new UncheckedIOException(theTellers);
        }
    }

    private static Store.Document document(Key key, ResultSet row) throws SQLException {
        long revision = row.getLong(1);
        byte[] value = row.getBytes(2);
        if (Checksum.of(key, revision, value) != row.getLong(3)) {
            throw new DamagedException("document " + key.name() + " of " + key.collection()
                    + " is damaged on this node's disk: move the store's folder away and start again;"
                    + " the other replicas give it a new one");
        }
        return new Store.Document(key.name(), revision, value);
    }

    /** A digest of all documents and all that is remembered: equal on equal replicas. */
    byte[] digest() throws SQLException {
        return new Digest(connection).value();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
