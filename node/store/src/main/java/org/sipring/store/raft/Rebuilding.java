package org.sipring.store.raft;

import java.util.Optional;
import org.sipring.store.database.Entry.Place;

/**
 * How far a database that is made anew has yet to come: while it is older than what was read of it before, nobody reads it.
 * Ratis' threads write it, any thread asks.
 */
final class Rebuilding {
    private static final Place UNKNOWN = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    private volatile Optional<Place> end = Optional.empty();

    /** It begins; where the log ends is told later. */
    synchronized void begin() {
        end = Optional.of(UNKNOWN);
    }

    /** Another replica's copy has taken its place. */
    synchronized void over() {
        end = Optional.empty();
    }

    boolean isOver() {
        return end.isEmpty();
    }

    /** The log ends there. */
    synchronized void endsAt(Place last) {
        end = end.map(unknown -> last);
    }

    /**
     * The log has been applied so far. Tells, once, that all is there again: who leads in a later term has all that was
     * committed before, also where the log's end was not.
     */
    synchronized boolean reached(Place place) {
        boolean arrived = end.filter(last -> place.term() > last.term() || place.index() >= last.index())
                .isPresent();
        if (arrived) {
            end = Optional.empty();
        }
        return arrived;
    }
}
