package org.sipring.store.database;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sipring.store.command.Key;

/**
 * Things that are kept as long as something uses them, and for a while besides. No row is trusted whose checksum is not right.
 * Lives in one thread.
 */
final class KeptTable {
    /** Large values, with the names of their chunks. */
    static final String VALUES = "large";

    /** Chunks, with their length. */
    static final String CHUNKS = "chunk";

    private static final String TABLE =
            """
            CREATE TABLE %s(name TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL, used INTEGER NOT NULL,
              touched INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID""";

    private final String table;
    private final PreparedStatement one;
    private final PreparedStatement unused;
    private final PreparedStatement put;
    private final PreparedStatement remove;
    private final PreparedStatement all;

    /**
     * Something that is kept.
     *
     * @param name its name
     * @param content what is said of it
     * @param used how many use it
     * @param touched when it was asked for or used last, in ms since 1970
     */
    record Row(String name, byte[] content, long used, long touched) {
        Row touched(long millis) {
            return new Row(name, content, used, Math.max(touched, millis));
        }

        Row used(int more) {
            return new Row(name, content, used + more, touched);
        }

        private long checksum(String table) {
            ByteBuffer all = ByteBuffer.allocate(Long.BYTES + content.length)
                    .putLong(used)
                    .put(content);
            return Checksum.of(new Key(table, name), touched, all.array());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row
                    && name.equals(row.name)
                    && Arrays.equals(content, row.content)
                    && used == row.used
                    && touched == row.touched;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    KeptTable(Connection connection, String table) throws SQLException {
        this.table = table;
        one = connection.prepareStatement(
                "SELECT name, content, used, touched, checksum FROM " + table + " WHERE name = ?");
        unused = connection.prepareStatement("SELECT name, content, used, touched, checksum FROM " + table
                + " WHERE used = 0 AND touched < ? ORDER BY name LIMIT ?");
        all = connection.prepareStatement(
                "SELECT name, content, used, touched, checksum FROM " + table + " ORDER BY name");
        put = connection.prepareStatement("INSERT OR REPLACE INTO " + table + " VALUES(?, ?, ?, ?, ?)");
        remove = connection.prepareStatement("DELETE FROM " + table + " WHERE name = ?");
    }

    static String create(String table) {
        return TABLE.formatted(table);
    }

    Optional<Row> get(String name) throws SQLException {
        one.setString(1, name);
        try (ResultSet row = one.executeQuery()) {
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    /** One that something else in the database speaks of. */
    Row known(String name) throws SQLException {
        return get(name).orElseThrow(() -> new DamagedException(table + ' ' + name + " is used, and is not there"));
    }

    private Row read(ResultSet row) throws SQLException {
        Row found = new Row(row.getString(1), row.getBytes(2), row.getLong(3), row.getLong(4));
        if (found.checksum(table) != row.getLong(5)) {
            throw new DamagedException(table + ' ' + found.name());
        }
        return found;
    }

    /** At most so many that nothing uses, and that were touched last before. */
    List<Row> unused(long before, int most) throws SQLException {
        unused.setLong(1, before);
        unused.setInt(2, most);
        return read(unused);
    }

    private List<Row> read(PreparedStatement query) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(read(row));
            }
        }
        return found;
    }

    /** Writes it, and tells by how much the sum of all checksums changes. */
    long put(Row row) throws SQLException {
        long former = checksum(row.name());
        put.setString(1, row.name());
        put.setBytes(2, row.content());
        put.setLong(3, row.used());
        put.setLong(4, row.touched());
        put.setLong(5, row.checksum(table));
        put.executeUpdate();
        return row.checksum(table) - former;
    }

    private long checksum(String name) throws SQLException {
        return get(name).map(row -> row.checksum(table)).orElse(0L);
    }

    /** Removes it, and tells by how much the sum of all checksums changes. */
    long remove(String name) throws SQLException {
        long former = checksum(name);
        remove.setString(1, name);
        remove.executeUpdate();
        return -former;
    }

    /** The sum of all checksums; fails where one is not right. */
    long sum() throws SQLException {
        long sum = 0;
        for (Row row : read(all)) {
            sum += row.checksum(table);
        }
        return sum;
    }

    /** All names, in their order. */
    List<String> names() throws SQLException {
        return read(all).stream().map(Row::name).toList();
    }
}
