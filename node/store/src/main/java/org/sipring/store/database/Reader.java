package org.sipring.store.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.sipring.api.Store;
import org.sipring.store.command.Key;

/** Reads what has been committed. Lives in one thread. */
final class Reader implements AutoCloseable {
    private final Connection connection;
    private final OneState state;
    private final Documents documents;
    private final KeptTable values;
    private final KeptTable chunks;

    Reader(Connection connection) throws SQLException {
        this.connection = connection;
        state = new OneState(connection);
        documents = new Documents(connection);
        values = new KeptTable(connection, KeptTable.VALUES);
        chunks = new KeptTable(connection, KeptTable.CHUNKS);
    }

    Optional<Store.Document> get(Key key) throws SQLException {
        return state.sure(() -> documents.get(key)).map(Reader::document);
    }

    /** At most so many, from a key that is perhaps not there. */
    List<Store.Document> list(String collection, String prefix, String first, int most) throws SQLException {
        return state.sure(() -> documents.walk(
                new Key(collection, first),
                key -> key.collection().equals(collection) && key.name().startsWith(prefix),
                most,
                Reader::document));
    }

    private static Store.Document document(Documents.Row row) {
        return new Store.Document(row.key().name(), row.revision(), row.value(), row.refersTo());
    }

    /** At most so many of all collections, from one that is perhaps not there. */
    List<Key> keys(Key first, int most) throws SQLException {
        return state.sure(() -> documents.walk(first, key -> true, most, Documents.Row::key));
    }

    /** Tells all documents of one moment. */
    void moment(BiConsumer<Key, Store.Document> teller) throws SQLException {
        documents.all((key, row) -> teller.accept(key, document(row)));
    }

    /** Large values. */
    KeptTable values() {
        return values;
    }

    /** Chunks of large values. */
    KeptTable chunks() {
        return chunks;
    }

    /** A digest of all documents, all that is remembered, and which chunks are on the disk: equal on equal replicas. */
    byte[] digest(String there) throws SQLException {
        return state.read(() -> new Digest(connection).value(there));
    }

    /** Fails where anything is not as it was written. */
    void verify() throws SQLException {
        new Verification(connection).run();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
