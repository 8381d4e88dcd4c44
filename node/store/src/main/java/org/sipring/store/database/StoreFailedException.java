package org.sipring.store.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sipring.store.large.ChunkName;
import org.sqlite.SQLiteErrorCode;

/** The disk or the database does not do its work. The message says what to do. */
public final class StoreFailedException extends RuntimeException {
    private static final int PRIMARY = 0xff;

    private StoreFailedException(String message, Exception cause) {
        super(message, cause);
    }

    /** What is thrown where a chunk cannot be written. */
    static StoreFailedException of(ChunkName chunk, IOException failure) {
        return new StoreFailedException(
                "the chunk " + chunk + " cannot be written, look at the disk: " + failure.getMessage(), failure);
    }

    /** What is thrown for a failure of the database in a file: what is damaged is told apart from what is full. */
    static RuntimeException of(Path file, SQLException failure) {
        int code = failure.getErrorCode() & PRIMARY;
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return DamagedException.in(file, failure);
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return new StoreFailedException(file + " cannot grow, the disk is full: make room", failure);
        }
        return new StoreFailedException(file + " cannot be used: " + failure.getMessage(), failure);
    }
}
