package org.sipring.provisioning.bulk;

/** A text is not of the format that it should be of. The message says where, and never what stands there. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    /** In a line. */
    UnreadableException(int line, String what) {
        super("line " + line + ": " + what);
    }
}
