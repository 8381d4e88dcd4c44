package org.sipring.store.archive;

import java.util.Set;

/** Which collections belong to a platform rather than to its users. Pure. */
final class Ownership {
    // Envelopes for the certificates of this platform's nodes: of no use to any other, nor to this one once they are
    // old.
    private static final Set<String> SEALED_FOR_NODES = Set.of("platform-keys");

    // What happened here stays; and that a platform has got its first accounts remains so.
    private static final Set<String> HISTORY = Set.of("audit", "first-accounts");

    private Ownership() {}

    /** Neither goes into an archive nor comes out of one. */
    static boolean stays(String collection) {
        return SEALED_FOR_NODES.contains(collection);
    }

    /** Is added from an archive, but never removed or changed by one. */
    static boolean onlyGrows(String collection) {
        return HISTORY.contains(collection);
    }
}
