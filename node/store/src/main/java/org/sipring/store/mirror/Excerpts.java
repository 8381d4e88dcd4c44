package org.sipring.store.mirror;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.store.command.Key;

/** What fits into one message. Documents are read after the ring was: they are as new as what is said of them, or newer. */
final class Excerpts {
    private static final int KEYS_AT_ONCE = 32;

    private Excerpts() {}

    /**
     * The documents that have changed.
     *
     * @param documents where they are read
     * @param from after which mark
     * @param keys the keys of the changes after it
     * @return as many as fit, and how far that is: of what changed up to there, nothing is missing
     */
    static Reply.Changes changes(Source.Documents documents, Mark from, List<Key> keys) {
        Batch batch = new Batch();
        Set<Key> told = new HashSet<>();
        long reached = from.sequence();
        for (Key key : keys) {
            if (told.add(key) && !batch.add(new Change(key, documents.get(key)))) {
                break;
            }
            reached++;
        }
        return new Reply.Changes(new Mark(from.run(), reached), batch.changes());
    }

    /**
     * Documents of all collections.
     *
     * @param documents where they are read
     * @param after the key after which to begin; empty to begin with the first
     * @return as many as fit
     */
    static Reply.Page page(Source.Documents documents, Optional<Key> after) {
        Batch batch = new Batch();
        Optional<Key> reached = after;
        while (true) {
            List<Key> keys = documents.keys(reached, KEYS_AT_ONCE);
            for (Key key : keys) {
                Change there = new Change(key, documents.get(key));
                if (there.document().isPresent() && !batch.add(there)) {
                    return new Reply.Page(batch.changes(), false);
                }
                reached = Optional.of(key);
            }
            if (keys.size() < KEYS_AT_ONCE) {
                return new Reply.Page(batch.changes(), true);
            }
        }
    }
}
