package org.sipring.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Durable documents, in collections of keys. Callable from any thread; completions run at once or on a thread of the
 * store's own, where nobody may block. Reading throws {@link StoreNotOpenException} while this node has no copy of them.
 *
 * <p>A change is applied once or not at all: while nothing is known of it, the store repeats it under one name, as long as its
 * patience lasts. When that ends, the stage fails with {@link java.util.concurrent.TimeoutException}, and the outcome is
 * unknown: the change may have been made, may yet be, or never. Whoever asks again expects the same revision: of both at most
 * one is made, and a refusal says to read what has become of it. Changes that do not wait for one another have no order.
 */
public interface Store {
    /** How many characters of Java a collection's name has at most, and as many a key. */
    int LONGEST_KEY = 8_192;

    /**
     * Reads a document from this node's own copy, which may be a moment behind, and far behind while this node is cut off.
     *
     * @param collection the collection
     * @param key the key
     * @return the document, or empty
     */
    Optional<Document> get(String collection, String key);

    /**
     * Writes a document. An {@link IllegalArgumentException} says at once what is wrong with what cannot be written.
     *
     * @param collection the collection, without NUL and whole Unicode, as the key
     * @param key the key
     * @param value its new content, of at most 512 KiB
     * @param expected the revision that must still be the current one; 0: there must be none
     * @return the new revision, or empty when another revision was current and nothing was written
     */
    CompletionStage<Optional<Long>> put(String collection, String key, byte[] value, long expected);

    /**
     * Removes a document.
     *
     * @param collection the collection
     * @param key the key
     * @param expected the revision that must still be the current one
     * @return true when it was removed, false when another revision was current
     */
    CompletionStage<Boolean> delete(String collection, String key, long expected);

    /**
     * Lists documents in the order of their keys, which is that of code points.
     *
     * @param collection the collection
     * @param prefix what their keys begin with; empty for all
     * @return the documents
     */
    List<Document> list(String collection, String prefix);

    /**
     * Lets this node's own copy catch up: {@link #get} and {@link #list}, once it is done, know every change that anybody had
     * been told of before this was called. For what must not be read old; it costs a round trip to a majority of the replicas.
     *
     * @return completes when it is done; fails with {@link java.util.concurrent.TimeoutException} while this node is cut off
     *     from them
     */
    CompletionStage<Void> catchUp();

    /**
     * Lists some documents in the order of their keys.
     *
     * @param collection the collection
     * @param prefix what their keys begin with; empty for all
     * @param after the key after which to begin, there or not; empty to begin with the first
     * @param most how many at most
     * @return the documents
     */
    default List<Document> page(String collection, String prefix, String after, int most) {
        return list(collection, prefix).stream()
                .filter(document -> KeyOrder.BY_CODE_POINTS.compare(document.key(), after) > 0)
                .limit(most)
                .toList();
    }

    /**
     * Hears of every later change in a collection, of this node and of others, when it can be read here.
     *
     * @param collection the collection
     * @param watcher hears of it
     */
    void watch(String collection, Watcher watcher);

    /** Hears of changes, in the order in which they were made. Must not block. */
    interface Watcher {
        /**
         * A document was written or removed.
         *
         * @param key its key
         */
        void changed(String key);

        /** Any document may have been written or removed: this node was cut off, and has got another's copy of them. */
        void allChanged();
    }

    /**
     * A stored document.
     *
     * @param key its key
     * @param revision counts its changes upwards
     * @param value its content; not to be modified
     * @param refersTo the large values that it refers to
     */
    record Document(String key, long revision, byte[] value, Set<LargeName> refersTo) {
        /** Copies. */
        public Document {
            refersTo = Set.copyOf(refersTo);
        }

        /**
         * One that refers to no large value.
         *
         * @param key its key
         * @param revision counts its changes upwards
         * @param value its content; not to be modified
         */
        public Document(String key, long revision, byte[] value) {
            this(key, revision, value, Set.of());
        }
    }
}
