package org.sipring.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Store;

/** Readers are lent again, unless they have met a failure. */
final class ReadersTest {
    private final List<Connection> opened = new ArrayList<>();
    private final Readers readers = new Readers(this::open);

    private Reader open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Schema.make(connection);
        opened.add(connection);
        return new Reader(connection);
    }

    @AfterEach
    void close() throws SQLException {
        readers.close();
        assertThat(opened).allMatch(ReadersTest::isClosed);
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void read() throws SQLException {
        Optional<Store.Document> found = readers.read(reader -> reader.get(Log.key("alice")));
        assertThat(found).isEmpty();
    }

    @Test
    void oneIsLentAgain() throws SQLException {
        read();
        read();
        assertThat(opened).hasSize(1);
    }

    @Test
    void oneThatHasMetAFailureOfTheDiskIsLentNoMore() throws SQLException {
        read();
        assertThatThrownBy(() -> readers.read(reader -> {
                    throw new SQLException("the disk is gone");
                }))
                .hasMessage("the disk is gone");
        assertThat(opened).allMatch(ReadersTest::isClosed);
        read();
        assertThat(opened).hasSize(2);
    }

    @Test
    void oneThatHasMetADamageIs() throws SQLException {
        assertThatThrownBy(() -> readers.read(reader -> {
                    throw new DamagedException("a row");
                }))
                .isInstanceOf(DamagedException.class);
        read();
        assertThat(opened).hasSize(1);
    }
}
