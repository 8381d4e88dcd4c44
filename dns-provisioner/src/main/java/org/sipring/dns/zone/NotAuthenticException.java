package org.sipring.dns.zone;

import java.io.IOException;

/** The primary does not accept our TSIG key, or one of the clocks is wrong (RFC 8945 section 5.2). */
public final class NotAuthenticException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * What the primary said.
     *
     * @param message names the server and says what to do next
     */
    public NotAuthenticException(String message) {
        super(message);
    }
}
