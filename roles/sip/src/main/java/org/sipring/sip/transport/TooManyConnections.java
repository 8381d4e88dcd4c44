package org.sipring.sip.transport;

import java.io.IOException;

/** A connection is not opened: this node has as many as it may have, in all or with that address, or no file or local port for it. */
final class TooManyConnections extends IOException {
    private static final long serialVersionUID = 1;

    TooManyConnections() {
        super("too many connections");
    }
}
