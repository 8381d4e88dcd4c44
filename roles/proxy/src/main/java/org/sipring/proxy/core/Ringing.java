package org.sipring.proxy.core;

import java.time.Duration;

/**
 * How long phones may ring.
 *
 * @param timerC how long one may ring at all; more than 3 minutes, RFC 3261 section 16.6 step 11
 * @param round how long the phones of one preference ring before those of the next are called in their place
 */
public record Ringing(Duration timerC, Duration round) {
    /** Just above the three minutes that the RFC asks for; four rings. */
    public static final Ringing DEFAULT = new Ringing(Duration.ofSeconds(185), Duration.ofSeconds(20));
}
