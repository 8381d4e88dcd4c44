package org.sipring.api;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Values that are too long for a document: messages, announcements, pictures. Each is immutable, has a name of its own, and is
 * kept as long as any document refers to it; what none has referred to for an hour is removed. So whoever stores one writes
 * it, and then puts the document that refers to it. Callable from any thread; completions as those of {@link Store}.
 *
 * <p>They are kept as they are given, also where {@link Store} seals what documents hold: who writes a secret seals it first.
 */
public interface LargeValues {
    /**
     * Writes a value. Written once more, it is kept once.
     *
     * @param content of at most {@link LargeName#LONGEST} bytes; not to be modified until this completes
     * @return its name, once a majority of the replicas has all of it on disk; fails as the store does, then with part of it
     *     written perhaps, which is removed like what no document refers to; fails with {@link IllegalArgumentException} where
     *     it is longer
     */
    CompletionStage<LargeName> write(byte[] content);

    /**
     * Reads a value, from this node's disk or from another node's.
     *
     * @param name its name
     * @return the value, each chunk of which was found to be as it was written; empty where there is none of that name. Fails
     *     with {@link DamagedValueException} where it is damaged here and no other node has been reached that has it whole
     */
    CompletionStage<Optional<byte[]>> read(LargeName name);

    /**
     * Writes a document that refers to large values. It refers to these alone from then on; {@link Store#put} writes one that
     * refers to none.
     *
     * @param collection the collection
     * @param key the key
     * @param value the document's new content, as in {@link Store#put}
     * @param expected the revision that must still be the current one; 0: there must be none
     * @param refersTo names of values that have been written, at most {@link #MOST_REFERENCES}
     * @return what came of it
     */
    CompletionStage<Put> put(String collection, String key, byte[] value, long expected, Set<LargeName> refersTo);

    /** To how many values one document may refer. */
    int MOST_REFERENCES = 256;

    /** What came of a document that refers to large values. */
    sealed interface Put {
        /**
         * It was written.
         *
         * @param revision its new revision
         */
        record Written(long revision) implements Put {}

        /** Nothing was written: another revision was current. */
        record Changed() implements Put {}

        /** Nothing was written: a value that it refers to is not there, or not all of it. It is to be written again. */
        record Missing() implements Put {}
    }
}
