package org.sipring.store.raft;

import java.io.IOException;

/** A replica's files are damaged, and hold nothing whole that it could make them anew from. */
final class BeyondRepairException extends IOException {
    BeyondRepairException(String message, Throwable cause) {
        super(message, cause);
    }
}
