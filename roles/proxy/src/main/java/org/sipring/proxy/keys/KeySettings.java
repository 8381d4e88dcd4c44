package org.sipring.proxy.keys;

import java.time.Duration;

/**
 * How a set of shared keys lives.
 *
 * @param rotate the age of the newest key at which another is made
 * @param keep how long a key can still be needed to read what it sealed
 * @param poll how often a node looks for keys that others made; a new key seals only when it is twice as old
 */
public record KeySettings(Duration rotate, Duration keep, Duration poll) {
    /** For nonces: hourly, kept for three hours. */
    public static final KeySettings NONCES =
            new KeySettings(Duration.ofHours(1), Duration.ofHours(3), Duration.ofMinutes(1));

    /** For what lives as long as a dialog: daily, kept for ten days. */
    public static final KeySettings DIALOGS =
            new KeySettings(Duration.ofDays(1), Duration.ofDays(10), Duration.ofMinutes(1));

    /** How soon to ask again while there is no key at all. */
    Duration retry() {
        return poll.compareTo(Duration.ofSeconds(1)) < 0 ? poll : Duration.ofSeconds(1);
    }
}
