package org.sipring.store.database;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sipring.api.StoreNotOpenException;

/** The readers of a database, each lent to one thread at a time. Callable from any thread. */
final class Readers {
    private final Source source;
    private final Deque<Reader> idle = new ArrayDeque<>();
    private boolean closed;

    interface Source {
        Reader open() throws SQLException;
    }

    /** Something that is read. */
    interface Reading<T> {
        T from(Reader reader) throws SQLException;
    }

    Readers(Source source) {
        this.source = source;
    }

    <T> T read(Reading<T> reading) throws SQLException {
        Reader reader = take();
        try {
            return reading.from(reader);
        } finally {
            giveBack(reader);
        }
    }

    private Reader take() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw new StoreNotOpenException("the store is closed");
            }
            Reader reader = idle.poll();
            if (reader != null) {
                return reader;
            }
        }
        return source.open();
    }

    private void giveBack(Reader reader) throws SQLException {
        synchronized (idle) {
            if (!closed) {
                idle.push(reader);
                return;
            }
        }
        reader.close();
    }

    void close() throws SQLException {
        synchronized (idle) {
            closed = true;
        }
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }
}
