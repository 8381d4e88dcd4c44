package org.sipring.sip.transport;

import java.io.IOException;

/** A connection is not opened: this node has as many as it may have, in all, with that address, or of open files. */
final class TooManyConnections extends IOException {
    private static final long serialVersionUID = 1;

    TooManyConnections() {
        super("too many connections");
    }
}
