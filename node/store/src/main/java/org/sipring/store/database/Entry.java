package org.sipring.store.database;

import java.util.Optional;
import org.sipring.store.command.Command;

/**
 * An entry of the log, in its order.
 *
 * @param place where it stands
 * @param command what it asks for; empty for the log's own entries, which only move the place
 */
public record Entry(Place place, Optional<Command> command) {
    /**
     * A place in the log.
     *
     * @param term in whose reign it was written
     * @param index its number, upwards without a gap
     */
    public record Place(long term, long index) {
        /** Before the first entry. */
        public static final Place NONE = new Place(0, -1);
    }
}
