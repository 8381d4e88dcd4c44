package org.sipring.store.archive;

import java.io.IOException;

/** A file is no archive, not a whole one, or not for this key. The message says what to do. */
public final class BadArchiveException extends IOException {
    BadArchiveException(String message) {
        super(message);
    }

    BadArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
