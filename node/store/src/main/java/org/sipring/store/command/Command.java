package org.sipring.store.command;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;

/**
 * What changes the store. Everything that a replica cannot find out by itself, and would find out differently from the
 * others, is in it: the time, chance, names.
 */
public sealed interface Command {
    /**
     * The documents that it concerns.
     *
     * @return a change of each, in the order in which they are made
     */
    default List<Change> changes() {
        return List.of();
    }

    /** What any node may ask for. */
    sealed interface Asked extends Command {}

    /**
     * A change of a document.
     */
    sealed interface Change extends Asked {
        /** Its name: a repeat changes nothing. */
        RequestId request();

        /** Of which document. */
        Key key();

        /** The revision that must be the current one; 0: there must be none. */
        long expected();

        @Override
        default List<Change> changes() {
            return List.of(this);
        }
    }

    /**
     * Changes that came together, for an entry of the log costs more than what is in it. Each is made or refused by itself, and
     * has its own answer.
     *
     * @param changes in the order in which they are made; at least one
     */
    record Bundle(List<Change> changes) implements Command {
        /** Checks that there are any. */
        public Bundle {
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("a bundle without a change: ask for one at least");
            }
            changes = List.copyOf(changes);
        }
    }

    /**
     * Writes a document.
     *
     * @param request its name
     * @param key which
     * @param value its new content; not to be modified
     * @param expected the revision that must be the current one; 0: there must be none
     * @param refersTo the large values that it refers to
     */
    record Put(RequestId request, Key key, byte[] value, long expected, Set<LargeName> refersTo) implements Change {
        /** The longest content: with it a document, and what asks for it, fits into a message of the overlay. */
        public static final int LONGEST = 512 * 1024;

        /** Checks the key, the content's length, and how much it refers to. */
        public Put {
            key.check();
            if (value.length > LONGEST) {
                throw new IllegalArgumentException(
                        "a document of " + value.length + " bytes: keep it under " + LONGEST);
            }
            if (refersTo.size() > LargeValues.MOST_REFERENCES) {
                throw new IllegalArgumentException("a document that refers to " + refersTo.size()
                        + " large values: no more than " + LargeValues.MOST_REFERENCES);
            }
            refersTo = Set.copyOf(refersTo);
        }

        /**
         * Writes a document that refers to no large value.
         *
         * @param request its name
         * @param key which
         * @param value its new content; not to be modified
         * @param expected the revision that must be the current one; 0: there must be none
         */
        public Put(RequestId request, Key key, byte[] value, long expected) {
            this(request, key, value, expected, Set.of());
        }
    }

    /**
     * Removes a document.
     *
     * @param request its name
     * @param key which
     * @param expected the revision that must be the current one
     */
    record Delete(RequestId request, Key key, long expected) implements Change {
        /** Checks the key. */
        public Delete {
            key.check();
        }
    }

    /**
     * Writes a chunk of a large value. It is called by what is in it, so a repeat changes nothing.
     *
     * @param bytes the chunk; not to be modified
     * @param made when it was asked for: kept for a while from then on, also while no value has it
     */
    record Chunk(byte[] bytes, Instant made) implements Asked {
        /** Checks the length. */
        public Chunk {
            if (bytes.length == 0 || bytes.length > ChunkName.LONGEST) {
                throw new IllegalArgumentException(
                        "a chunk of " + bytes.length + " bytes: keep it under " + ChunkName.LONGEST);
            }
        }
    }

    /**
     * Makes a large value of chunks that have been written; a repeat changes nothing.
     *
     * @param manifest of which
     * @param made when it was asked for: kept for a while from then on, also while nothing refers to it
     */
    record Whole(Manifest manifest, Instant made) implements Asked {}

    /**
     * Removes large values that no document has referred to for a while, and chunks that no value has.
     *
     * @param before those that were written, or referred to last, earlier
     */
    record Sweep(Instant before) implements Command {}

    /**
     * Forgets what was asked long ago: nobody sends it again.
     *
     * @param before requests that were made earlier
     */
    record Forget(Instant before) implements Command {}
}
