package org.sipring.store.archive;

import java.util.Optional;

/** Opens envelopes with the keys that somebody has. */
@FunctionalInterface
public interface Opener {
    /**
     * Opens an envelope.
     *
     * @param envelope may be for others, and come from anybody
     * @return the secret; empty when no key here opens it
     */
    Optional<byte[]> open(byte[] envelope);
}
