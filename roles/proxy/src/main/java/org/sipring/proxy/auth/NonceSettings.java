package org.sipring.proxy.auth;

import java.time.Duration;

/**
 * How nonces live.
 *
 * @param life how long one may be used
 * @param tolerance how far the clocks of two nodes may be apart
 * @param ask how long to wait for the node that issued one
 * @param remembered how many of its latest nonces a node remembers; a power of two, 8 bytes each
 */
public record NonceSettings(Duration life, Duration tolerance, Duration ask, int remembered) {
    /** Five minutes, half a minute, half a second, 262,144. */
    public static final NonceSettings DEFAULT =
            new NonceSettings(Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofMillis(500), 1 << 18);
}
