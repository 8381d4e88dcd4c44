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

    // A statement that has met a failure of the disk does not work any more, though the disk may.
    <T> T read(Reading<T> reading) throws SQLException {
        Reader reader = take();
        boolean works = false;
        try {
            T read = reading.from(reader);
            works = true;
            return read;
        } catch (DamagedException itself) {
            works = true;
            throw itself;
        } finally {
            giveBack(reader, works);
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

    private void giveBack(Reader reader, boolean works) throws SQLException {
        synchronized (idle) {
            if (works && !closed) {
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
