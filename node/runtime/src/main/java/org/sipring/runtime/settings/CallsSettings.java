package org.sipring.runtime.settings;

import java.time.Duration;

/**
 * What a node remembers of calls.
 *
 * @param journalBytes how much memory for its decisions; 0: none are noted
 * @param journalAge how long it remembers them at most
 * @param recordFileBytes when a file of records is full
 * @param recordFiles how many full ones are kept; 0: no records are written
 * @param longest when a call of which nothing is heard has ended
 */
public record CallsSettings(
        int journalBytes, Duration journalAge, int recordFileBytes, int recordFiles, Duration longest) {
    private static final int MOST_BYTES = 1 << 30;

    static CallsSettings read(Section section) {
        return new CallsSettings(
                section.bytes("calls.journal-size", 0, MOST_BYTES),
                section.duration("calls.journal-age", Duration.ofMinutes(1), Duration.ofDays(7)),
                section.bytes("calls.record-file-size", 1 << 20, MOST_BYTES),
                section.number("calls.record-files", 0, 10_000),
                section.duration("calls.longest", Duration.ofMinutes(1), Duration.ofDays(30)));
    }
}
