package org.sipring.store.mirror;

import java.time.Duration;
import java.util.Optional;
import org.sipring.api.LargeName;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.large.ChunkName;

/** What a mirror asks. Harmless when repeated. */
sealed interface Question {
    /** For how long a server holds a question for changes when there are none. */
    Duration HOLD = Duration.ofSeconds(2);

    /** How long an answer may take. */
    Duration ROUND = Duration.ofSeconds(3);

    /** What it is about. */
    String subject();

    /** How long to wait for the answer. */
    default Duration limit() {
        return ROUND;
    }

    /** The same, to be answered as soon as possible. */
    default Question now() {
        return this;
    }

    /**
     * What has changed?
     *
     * @param mark since when
     * @param waits whether the answer is to wait for a change
     */
    record Since(Mark mark, boolean waits) implements Question {
        static final String SUBJECT = "store.changes";

        @Override
        public String subject() {
            return SUBJECT;
        }

        @Override
        public Duration limit() {
            return waits ? ROUND.plus(HOLD) : ROUND;
        }

        @Override
        public Since now() {
            return new Since(mark, false);
        }
    }

    /**
     * Which documents are there?
     *
     * @param run the run that is copied
     * @param after the key after which to begin; empty to begin with the first
     */
    record Page(long run, Optional<Key> after) implements Question {
        static final String SUBJECT = "store.page";

        @Override
        public String subject() {
            return SUBJECT;
        }
    }

    /**
     * Change a document, or write of a large value.
     *
     * @param change what is asked for
     */
    record Submit(Command.Asked change) implements Question {
        static final String SUBJECT = "store.submit";

        @Override
        public String subject() {
            return SUBJECT;
        }
    }

    /**
     * Of which chunks is a large value made?
     *
     * @param name the value's
     */
    record Describe(LargeName name) implements Question {
        static final String SUBJECT = "store.large";

        @Override
        public String subject() {
            return SUBJECT;
        }
    }

    /**
     * What is in a chunk?
     *
     * @param name its name
     */
    record Fetch(ChunkName name) implements Question {
        static final String SUBJECT = "store.chunk";

        @Override
        public String subject() {
            return SUBJECT;
        }
    }

    /** Catch up, and say how far that is. */
    record Settle() implements Question {
        static final String SUBJECT = "store.settle";

        @Override
        public String subject() {
            return SUBJECT;
        }
    }
}
