package org.sipring.overlay.tls;

import java.time.Duration;

/**
 * What a stranger can make this node hold.
 *
 * @param handshake how long a connection may take until both sides have proved who they are
 * @param farewell how long to wait for the peer to take an alert and close
 * @param unproved accepted connections of one address that have not yet proved who they are
 * @param connections accepted connections of one address
 */
public record TlsLimits(Duration handshake, Duration farewell, int unproved, int connections) {
    /** For production: a slow link manages a handshake well within five seconds. */
    public static final TlsLimits DEFAULT = new TlsLimits(Duration.ofSeconds(5), Duration.ofMillis(500), 8, 32);
}
