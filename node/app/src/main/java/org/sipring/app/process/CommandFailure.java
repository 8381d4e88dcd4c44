package org.sipring.app.process;

/** A command cannot do what it was asked to; the message says why and what to do next, and is all that is printed. */
public final class CommandFailure extends RuntimeException {
    /**
     * A failure for the command's user.
     *
     * @param message why, and what to do next
     */
    public CommandFailure(String message) {
        super(message);
    }
}
