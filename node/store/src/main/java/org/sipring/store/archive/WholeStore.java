package org.sipring.store.archive;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;
import org.sipring.api.Store;
import org.sipring.store.command.Key;
import org.sipring.store.large.ChunkStore;
import org.sipring.store.large.LargeTransfer;

/** A store whose collections can be walked through without knowing them. */
public interface WholeStore extends Store, LargeValues {
    /**
     * The large values, chunk by chunk.
     *
     * @return those of the same store
     */
    ChunkStore chunks();

    @Override
    default CompletionStage<LargeName> write(byte[] content) {
        return LargeTransfer.write(chunks(), content);
    }

    @Override
    default CompletionStage<Optional<byte[]>> read(LargeName name) {
        return LargeTransfer.read(chunks(), name);
    }

    /**
     * Walks through the documents of all collections.
     *
     * @param after the key after which to begin, there or not; empty to begin with the first
     * @param most how many at most
     * @return their keys, in their order
     */
    List<Key> keys(Optional<Key> after, int most);

    /**
     * Tells all documents as they are at one moment, in the order of their keys. May block; changes go on meanwhile.
     *
     * @param teller hears of each
     * @throws IOException what the teller throws
     */
    void moment(Teller teller) throws IOException;

    /** Hears of documents. */
    interface Teller {
        /**
         * A document.
         *
         * @param collection its collection
         * @param document the document
         * @throws IOException when nothing more is to be told
         */
        void tell(String collection, Document document) throws IOException;
    }
}
