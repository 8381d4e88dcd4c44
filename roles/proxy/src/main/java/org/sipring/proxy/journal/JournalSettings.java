package org.sipring.proxy.journal;

import java.time.Duration;

/**
 * How much a node remembers of its decisions.
 *
 * @param bytes for all loops together, taken from the heap at start; 0: nothing is noted
 * @param age how long, at most
 */
public record JournalSettings(int bytes, Duration age) {
    /** Nothing is noted. */
    public static final JournalSettings NONE = new JournalSettings(0, Duration.ZERO);
}
