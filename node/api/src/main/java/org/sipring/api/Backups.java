package org.sipring.api;

import java.nio.channels.FileChannel;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Copies of the platform's documents for operators to keep, and their way back. Callable from any thread. */
public interface Backups {
    /**
     * Makes an archive of all documents as they are at one moment, after every change that anybody has been told of.
     *
     * @param reader whose key alone opens it
     * @return the archive, at its beginning, in a file without a name: gone when it is closed. Fails as the store does
     */
    CompletionStage<FileChannel> make(X509Certificate reader);

    /**
     * Makes the store, in a range of keys, what an archive says. What belongs to the platform rather than to its users stays
     * as it is. Done once more it changes nothing more.
     *
     * @param part the range, and all that the archive has there
     * @param pretend whether nothing is to be changed, and only told what would be
     * @return what was, or would be, done; fails as the store does, perhaps halfway
     */
    CompletionStage<Replaced> replace(Part part, boolean pretend);

    /**
     * Where a document is.
     *
     * @param collection its collection
     * @param key its key there
     */
    record Place(String collection, String key) {}

    /**
     * A document as it shall be.
     *
     * @param place where
     * @param value its content; not to be modified
     */
    record Wanted(Place place, byte[] value) {}

    /**
     * A range of keys.
     *
     * @param after behind which it begins; empty: at the very first
     * @param upTo its last; empty: the very last
     * @param documents all that shall be there, in the order of collections and keys
     */
    record Part(Optional<Place> after, Optional<Place> upTo, List<Wanted> documents) {
        /** Copies. */
        public Part {
            documents = List.copyOf(documents);
        }
    }

    /**
     * What became of documents.
     *
     * @param created were not there
     * @param changed were different
     * @param removed were not in the archive
     * @param same were so already
     * @param kept belong to the platform, whatever the archive says
     */
    record Replaced(long created, long changed, long removed, long same, long kept) {
        /** Nothing yet. */
        public static final Replaced NOTHING = new Replaced(0, 0, 0, 0, 0);

        /**
         * Both together.
         *
         * @param other of another part
         * @return their sum
         */
        public Replaced and(Replaced other) {
            return new Replaced(
                    created + other.created,
                    changed + other.changed,
                    removed + other.removed,
                    same + other.same,
                    kept + other.kept);
        }
    }
}
