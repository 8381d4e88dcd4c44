package org.sipring.store.mirror;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipring.api.LargeName;
import org.sipring.api.Store;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;

/** A replica as mirrors are served from it. Callable from any thread. */
public interface Source {
    /**
     * What can be read here.
     *
     * @return the documents; empty while the replica is not open
     */
    Optional<Documents> documents();

    /**
     * Asks whoever leads for a change.
     *
     * @param change may be asked for again under its one name
     * @return what came of it, when it can be read here, or could not be for a while
     */
    CompletionStage<Answer> submit(Command.Asked change);

    /**
     * Lets this replica catch up.
     *
     * @return completes when everything can be read here that anybody had been told of; fails while it is cut off
     */
    CompletionStage<Void> catchUp();

    /** Documents that can be read. */
    interface Documents {
        /**
         * Reads one.
         *
         * @param key which
         * @return the document, or empty
         */
        Optional<Store.Document> get(Key key);

        /**
         * Of which chunks a large value is made.
         *
         * @param name the value's
         * @return empty where there is none of that name
         */
        Optional<Manifest> manifest(LargeName name);

        /**
         * Reads a chunk of a large value.
         *
         * @param name its name
         * @return its bytes; empty where it is not here as it was written
         */
        Optional<byte[]> chunk(ChunkName name);

        /**
         * Walks through all collections.
         *
         * @param after the key after which to begin, there or not; empty to begin with the first
         * @param most how many at most
         * @return keys of documents, in an order that is always the same
         */
        List<Key> keys(Optional<Key> after, int most);
    }
}
