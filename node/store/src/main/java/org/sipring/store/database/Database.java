package org.sipring.store.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sipring.api.KeyOrder;
import org.sipring.api.Store;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.large.ChunkFolder;
import org.sqlite.SQLiteConfig;

/**
 * A replica's documents in a file. One thread applies the log's entries, any thread reads what has been committed. A commit
 * survives the end of the process; that of the machine it survives once {@link #copyTo} or the log has it on the disk:
 * entries after {@link #place} are applied again. Every failure of the disk is a {@link StoreFailedException}, every damage a
 * {@link DamagedException}.
 */
public final class Database implements AutoCloseable {
    // Beside the file.
    private static final String CHUNKS = "large";
    // For documents that were read of late.
    private static final int SHARE_OF_MEMORY = 8;

    private final Path file;
    private final Connection connection;
    private final Writer writer;
    private final Readers readers;
    private final ChunkFolder chunks;
    private final LargeShelf large;
    private final Recent recent = new Recent(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
    private volatile Optional<String> damage = Optional.empty();

    private Database(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        Schema.make(connection);
        chunks = chunks(file);
        writer = new Writer(connection, chunks);
        readers = new Readers(() -> reader(file));
        large = new LargeShelf(chunks, this::read);
    }

    /**
     * Opens a database, or makes one.
     *
     * @param file its file; its folder is made as well
     * @return it, to be closed
     * @throws IOException when the folder cannot be made
     */
    public static Database open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            return over(file, writing(file));
        } catch (SQLException failure) {
            throw StoreFailedException.of(file, failure);
        } catch (DamagedException found) {
            throw DamagedException.in(file, found);
        }
    }

    private static Database over(Path file, Connection connection) throws SQLException {
        try {
            return new Database(file, connection);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private static Connection writing(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static Reader reader(Path file) throws SQLException {
        Connection connection = reading(file);
        try {
            return new Reader(connection);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /** A connection that only reads. */
    static Connection reading(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    /**
     * How far it has come. By the thread that applies.
     *
     * @return the place of the last entry that it holds
     */
    public Place place() {
        return writer.place();
    }

    /**
     * Applies entries of the log, all of them or none; what it holds already is passed over.
     *
     * @param entries in their order
     * @return what came of each, and of each change in a bundle; of one that it held already, what came of it then, while its
     *     request is remembered
     */
    public List<Answer> apply(List<Entry> entries) {
        try {
            return judged(() -> writer.apply(entries));
        } finally {
            entries.stream().flatMap(entry -> entry.command().stream()).forEach(this::forget);
        }
    }

    private void forget(Command command) {
        command.changes().forEach(change -> recent.changed(change.key()));
    }

    /**
     * Reads a document.
     *
     * @param key which
     * @return the document, or empty
     */
    public Optional<Store.Document> get(Key key) {
        return recent.get(key, asked -> read(reader -> reader.get(asked)));
    }

    /**
     * Lists documents in the order of their keys.
     *
     * @param collection the collection
     * @param prefix what their keys begin with; empty for all
     * @return the documents
     */
    public List<Store.Document> list(String collection, String prefix) {
        return read(reader -> reader.list(collection, prefix, prefix, Integer.MAX_VALUE));
    }

    /**
     * Lists some documents in the order of their names.
     *
     * @param collection the collection
     * @param prefix what their names begin with
     * @param after the name after which to begin, there or not
     * @param most how many at most
     * @return the documents
     */
    public List<Store.Document> page(String collection, String prefix, String after, int most) {
        // No name stands between one and the same with a NUL behind it.
        String first = KeyOrder.BY_CODE_POINTS.compare(after, prefix) < 0 ? prefix : after + '\0';
        return read(reader -> reader.list(collection, prefix, first, most));
    }

    /**
     * Walks through the documents of all collections.
     *
     * @param after the key after which to begin, there or not; empty to begin with the first
     * @param most how many at most
     * @return their keys, in an order that is always the same
     */
    public List<Key> keys(Optional<Key> after, int most) {
        Key first =
                after.map(key -> new Key(key.collection(), key.name() + '\0')).orElse(new Key("", ""));
        return read(reader -> reader.keys(first, most));
    }

    /**
     * Tells all documents as they are at one moment, in the order of their keys. What is applied meanwhile is not told.
     *
     * @param teller hears of each; what it throws ends this, and says nothing of the disk
     * @throws IOException what the teller throws
     */
    public void moment(Teller teller) throws IOException {
        try {
            read(reader -> {
                reader.moment(TellerException.guard(teller));
                return true;
            });
        } catch (TellerException thrown) {
            thrown.rethrow();
        }
    }

    /** Hears of documents. */
    public interface Teller {
        /**
         * A document.
         *
         * @param key which
         * @param document the document
         * @throws IOException when nothing more is to be told
         */
        void tell(Key key, Store.Document document) throws IOException;
    }

    /**
     * A digest of everything that it holds, equal on replicas that have come equally far.
     *
     * @return 32 bytes
     */
    public byte[] digest() {
        return read(reader -> reader.digest(large.there()));
    }

    /**
     * Writes a copy of one moment, compact, compared and on the disk when this returns, with its chunks. By any thread, one at
     * a time and before {@link #close}; entries are applied meanwhile.
     *
     * @param copy a file that does not exist
     * @param to where the chunks that the copy knows are to be
     * @param unwanted asked often; once true, this fails soon
     * @return how far the copy has come
     * @throws IOException when the disk fails
     */
    public Place copyTo(Path copy, ChunkFolder to, BooleanSupplier unwanted) throws IOException {
        // What the copy knows must stay until the copy shares it.
        ChunkFolder.Hold hold = chunks.hold();
        try (hold) {
            DatabaseCopy made = judged(() -> DatabaseCopy.make(reading(file), copy, unwanted));
            chunks.share(to, made.chunks());
            return made.place();
        }
    }

    /**
     * Compares all that has been committed with its checksums, as the disk gives it back now: a second or two for 100,000
     * documents, during which others write and read. Throws {@link DamagedException} where anything is not as it was written.
     */
    public void verify() {
        var unused = judged(() -> {
            try (Reader anew = reader(file)) {
                anew.verify();
                return true;
            }
        });
    }

    /**
     * How large it is on the disk, without large values.
     *
     * @return bytes, about as many as a copy has
     * @throws IOException when the disk does not say
     */
    public long bytes() throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
    }

    /**
     * The large values.
     *
     * @return those of this replica
     */
    public LargeShelf large() {
        return large;
    }

    /**
     * Where the chunks of large values are.
     *
     * @param file of a database
     * @return the folder beside it
     */
    public static ChunkFolder chunks(Path file) {
        return new ChunkFolder(file.resolveSibling(CHUNKS));
    }

    private <T> T read(Readers.Reading<T> reading) {
        return judged(() -> readers.read(reading));
    }

    private interface Work<T> {
        T done() throws SQLException;
    }

    private <T> T judged(Work<T> work) {
        try {
            return work.done();
        } catch (SQLException failure) {
            throw noted(StoreFailedException.of(file, failure));
        } catch (DamagedException found) {
            throw noted(DamagedException.in(file, found));
        }
    }

    private RuntimeException noted(RuntimeException failure) {
        if (failure instanceof DamagedException) {
            damage = Optional.ofNullable(failure.getMessage());
        }
        return failure;
    }

    /**
     * The last damage that anybody met.
     *
     * @return what was damaged; empty where nothing was found
     */
    public Optional<String> damage() {
        return damage;
    }

    @Override
    public void close() {
        recent.clear();
        try {
            readers.close();
            connection.close();
        } catch (SQLException failure) {
            throw StoreFailedException.of(file, failure);
        }
    }
}
