package org.sipring.store.database;

import java.io.IOException;
import java.util.function.BiConsumer;
import org.sipring.api.Store;
import org.sipring.store.command.Key;

/** What a teller threw, on its way past those who judge what a disk does. */
final class TellerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TellerException(Exception cause) {
        super(cause);
    }

    /** One who throws nothing else. */
    static BiConsumer<Key, Store.Document> guard(Database.Teller teller) {
        return (key, document) -> {
            try {
                teller.tell(key, document);
            } catch (IOException | RuntimeException failure) {
                throw new TellerException(failure);
            }
        };
    }

    /** Throws what the teller threw. */
    void rethrow() throws IOException {
        if (getCause() instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw (IOException) getCause();
    }
}
