package org.sipring.runtime.settings;

import java.time.Duration;

/**
 * What a node remembers of calls.
 *
 * @param journalBytes how much memory for its decisions; 0: none are noted
 * @param journalAge how long it remembers them at most
 */
public record CallsSettings(int journalBytes, Duration journalAge) {
    private static final int MOST_JOURNAL = 1 << 30;

    static CallsSettings read(Section section) {
        return new CallsSettings(
                section.bytes("calls.journal-size", 0, MOST_JOURNAL),
                section.duration("calls.journal-age", Duration.ofMinutes(1), Duration.ofDays(7)));
    }
}
