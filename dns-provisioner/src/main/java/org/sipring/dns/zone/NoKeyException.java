package org.sipring.dns.zone;

import java.io.IOException;

/** There is no key with which to prove ourselves to the primary: nothing was sent. */
public final class NoKeyException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * Names what was not asked.
     *
     * @param message which server
     */
    public NoKeyException(String message) {
        super(message);
    }
}
