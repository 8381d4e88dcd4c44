package org.sipring.runtime;

import java.time.InstantSource;

/** The time of day for what has no room of its own, such as the command line. */
public final class SystemTime {
    private SystemTime() {}

    /**
     * This machine's clock.
     *
     * @return the clock; callable from any thread
     */
    public static InstantSource clock() {
        return InstantSource.system();
    }
}
