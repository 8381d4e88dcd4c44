package org.sipring.store.database;

/** What the disk gives back is not what was written to it. Nothing of it is served; the message says what to do. */
public final class DamagedException extends RuntimeException {
    /**
     * A damage.
     *
     * @param message what is damaged, and what to do
     */
    public DamagedException(String message) {
        super(message);
    }

    /**
     * A damage that the database found.
     *
     * @param message what is damaged, and what to do
     * @param cause what the database says
     */
    public DamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
