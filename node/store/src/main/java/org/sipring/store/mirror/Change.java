package org.sipring.store.mirror;

import java.util.Optional;
import org.sipring.api.Store;
import org.sipring.store.command.Key;

/**
 * What has become of a document.
 *
 * @param key which
 * @param document as it is now; empty when it is gone
 */
record Change(Key key, Optional<Store.Document> document) {
    private static final int REST = 32;
    private static final int BYTES_OF_A_CHARACTER = 3;
    private static final int BYTES_OF_A_REFERENCE = 36;

    /** How many bytes of a message it takes at most. */
    int size() {
        int name = key.collection().length() + key.name().length();
        return REST
                + BYTES_OF_A_CHARACTER * name
                + document.map(there -> there.value().length
                                + BYTES_OF_A_REFERENCE * there.refersTo().size())
                        .orElse(0);
    }
}
