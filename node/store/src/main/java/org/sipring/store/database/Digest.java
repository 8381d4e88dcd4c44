package org.sipring.store.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sipring.api.Sha256;

/** A digest of everything that a replica holds. */
final class Digest {
    private static final List<String> TABLES = List.of(
            "SELECT hex(key), revision, hex(value), checksum, hex(refers) FROM document ORDER BY key",
            "SELECT high, low, made, applied, revision FROM request ORDER BY high, low",
            "SELECT name, hex(content), used, touched FROM large ORDER BY name",
            "SELECT name, hex(content), used, touched FROM chunk ORDER BY name",
            "SELECT term, entry, revision FROM progress");

    private final Connection connection;
    private final MessageDigest sum = Sha256.begin();

    Digest(Connection connection) {
        this.connection = connection;
    }

    byte[] value(String chunks) throws SQLException {
        sum.update(chunks.getBytes(StandardCharsets.UTF_8));
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                add(statement, table);
            }
        }
        return sum.digest();
    }

    private void add(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery(table)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                for (int column = 1; column <= columns; column++) {
                    sum.update(row.getString(column).getBytes(StandardCharsets.UTF_8));
                    sum.update((byte) 0);
                }
            }
        }
    }
}
