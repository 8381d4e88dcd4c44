package org.sipring.api;

/**
 * This node's copy of the documents cannot be read at the moment: it begins, another's copy takes its place, or it has not
 * got the keys yet. That passes; meanwhile other nodes can.
 */
public final class StoreNotOpenException extends IllegalStateException {
    /**
     * A copy that cannot be read.
     *
     * @param message what it waits for
     */
    public StoreNotOpenException(String message) {
        super(message);
    }
}
