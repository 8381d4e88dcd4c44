package org.sipring.store.command;

import java.time.Instant;

/**
 * What changes the store. Everything that a replica cannot find out by itself, and would find out differently from the
 * others, is in it: the time, chance, names.
 */
public sealed interface Command {
    /**
     * A change of a document.
     */
    sealed interface Change extends Command {
        /** Its name: a repeat changes nothing. */
        RequestId request();

        /** Of which document. */
        Key key();

        /** The revision that must be the current one; 0: there must be none. */
        long expected();
    }

    /**
     * Writes a document.
     *
     * @param request its name
     * @param key which
     * @param value its new content; not to be modified
     * @param expected the revision that must be the current one; 0: there must be none
     */
    record Put(RequestId request, Key key, byte[] value, long expected) implements Change {
        /** The longest content: with it a document, and what asks for it, fits into a message of the overlay. */
        public static final int LONGEST = 512 * 1024;

        /** Checks the content's length. */
        public Put {
            if (value.length > LONGEST) {
                throw new IllegalArgumentException(
                        "a document of " + value.length + " bytes: keep it under " + LONGEST);
            }
        }
    }

    /**
     * Removes a document.
     *
     * @param request its name
     * @param key which
     * @param expected the revision that must be the current one
     */
    record Delete(RequestId request, Key key, long expected) implements Change {}

    /**
     * Forgets what was asked long ago: nobody sends it again.
     *
     * @param before requests that were made earlier
     */
    record Forget(Instant before) implements Command {}
}
