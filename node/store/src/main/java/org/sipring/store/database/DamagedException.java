package org.sipring.store.database;

import java.nio.file.Path;

/** What the disk gives back is not what was written to it. Nothing of it is served. */
public final class DamagedException extends RuntimeException {
    /**
     * A damage.
     *
     * @param message what is damaged
     */
    public DamagedException(String message) {
        super(message);
    }

    private DamagedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A damage of a file.
     *
     * @param file which
     * @param found what was found in it
     * @return says so
     */
    public static DamagedException in(Path file, Throwable found) {
        return new DamagedException(file + " is damaged: " + found.getMessage(), found);
    }
}
