package org.sipring.api;

import java.nio.channels.FileChannel;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
     * Writes large values, before the documents that refer to them are restored. Done once more it changes nothing more.
     *
     * @param large some chunks, and the values that are whole with them
     * @return completes when they are written; fails as the store does, perhaps halfway, and where a value is not of the
     *     chunks that were written
     */
    CompletionStage<Void> write(Large large);

    /**
     * Some of the large values of an archive.
     *
     * @param chunks as the archive has them; not to be modified
     * @param values those that have all their chunks here or were sent them before
     */
    record Large(List<byte[]> chunks, List<Value> values) {
        /** Copies. */
        public Large {
            chunks = List.copyOf(chunks);
            values = List.copyOf(values);
        }
    }

    /**
     * A large value.
     *
     * @param name its name
     * @param chunks the SHA-256 of each of its chunks, one behind the other; not to be modified
     */
    record Value(LargeName name, byte[] chunks) {}

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
     * @param refersTo the large values that it refers to, which have been written
     */
    record Wanted(Place place, byte[] value, Set<LargeName> refersTo) {
        /**
         * One that refers to no large value.
         *
         * @param place where
         * @param value its content; not to be modified
         */
        public Wanted(Place place, byte[] value) {
            this(place, value, Set.of());
        }
    }

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
