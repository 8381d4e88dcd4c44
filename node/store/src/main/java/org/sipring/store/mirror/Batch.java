package org.sipring.store.mirror;

import java.util.ArrayList;
import java.util.List;

/** As many documents as are told in one message: one at least, whatever its size. */
final class Batch {
    private static final int BYTES = 512 * 1024;

    private final List<Change> changes = new ArrayList<>();
    private int bytes;

    /** Takes one up; false when there is no place for it any more. */
    boolean add(Change change) {
        boolean fits = changes.isEmpty() || bytes + change.size() <= BYTES;
        if (fits) {
            changes.add(change);
            bytes += change.size();
        }
        return fits;
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }
}
