package org.sipring.overlay.message;

import java.util.stream.Stream;

/** A request got no answer. */
public final class MessageFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    MessageFailedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * What went wrong.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /** What can go wrong. */
    public enum Kind {
        /** The node has no handler for the subject: another release, or not started yet. */
        NO_HANDLER(1),
        /** The handler failed. */
        FAILED(2),
        /** The node has too many requests of ours open. */
        BUSY(3),
        /** The node is not a member, or has just been lost. */
        GONE(4),
        /** No answer in time; the request may have been carried out. */
        SILENT(5);

        final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind of(int code) {
            return Stream.of(values())
                    .filter(kind -> kind.code == code)
                    .findFirst()
                    .orElse(FAILED);
        }
    }
}
