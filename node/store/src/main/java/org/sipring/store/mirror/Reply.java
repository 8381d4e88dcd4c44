package org.sipring.store.mirror;

import java.util.List;
import java.util.Optional;
import org.sipring.store.command.Answer;
import org.sipring.store.large.Manifest;

/** What a server answers. */
sealed interface Reply {
    /**
     * Nothing is to be had here now: another node is to be asked.
     *
     * @param why for the log
     */
    record Refused(String why) implements Reply {
        private static final int LONGEST = 500;

        /** Cuts what is too long. */
        public Refused {
            why = why.substring(0, Math.min(why.length(), LONGEST));
        }
    }

    /**
     * What has changed since then is not known any more: everything is to be copied.
     *
     * @param mark from where changes are known to whoever copies now
     */
    record Anew(Mark mark) implements Reply {}

    /**
     * What has changed.
     *
     * @param mark how far this goes
     * @param changes each document once, in the order in which they were changed first
     */
    record Changes(Mark mark, List<Change> changes) implements Reply {}

    /**
     * Some documents.
     *
     * @param documents as they are now
     * @param last whether there are no more
     */
    record Page(List<Change> documents, boolean last) implements Reply {
        /** A page that leads nowhere would be asked for for ever. */
        public Page {
            if (documents.isEmpty() && !last) {
                throw new IllegalArgumentException("an empty page that is not the last");
            }
        }
    }

    /**
     * A change was made or refused.
     *
     * @param answer what came of it
     * @param mark from where on it can be read
     */
    record Done(Answer answer, Mark mark) implements Reply {}

    /**
     * Of which chunks a large value is made.
     *
     * @param manifest empty where there is none of that name here
     */
    record Described(Optional<Manifest> manifest) implements Reply {}

    /**
     * What is in a chunk.
     *
     * @param chunk its bytes; empty where it is not here as it was written
     */
    record Fetched(Optional<byte[]> chunk) implements Reply {}

    /**
     * The server has caught up.
     *
     * @param mark from where on everything can be read
     */
    record Settled(Mark mark) implements Reply {}
}
