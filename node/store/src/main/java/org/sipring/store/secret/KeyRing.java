package org.sipring.store.secret;

import java.util.List;
import java.util.Optional;

/**
 * The platform's keys that this node has. Immutable.
 *
 * @param newestFirst the first seals; all of them open
 */
record KeyRing(List<PlatformKey> newestFirst) {
    KeyRing {
        newestFirst = List.copyOf(newestFirst);
    }

    PlatformKey newest() {
        return newestFirst.get(0);
    }

    Optional<PlatformKey> find(int id) {
        return newestFirst.stream().filter(key -> key.id() == id).findFirst();
    }
}
