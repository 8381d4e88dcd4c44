package org.sipring.store.archive;

import java.util.Set;

/** Which collections belong to a platform rather than to its users. Pure. */
final class Ownership {
    // Envelopes for certificates of this platform's nodes: of no use to another, nor to this one once they are old.
    private static final String SEALED_FOR_NODES = "platform-keys";

    // Who keeps this very store, and which of them an operator wants replaced: it would be carried out once more.
    private static final String GROUP = "store-group";

    // How this platform proves itself to its name server. A copy of it elsewhere must not write the same zone.
    private static final String DNS_KEYS = "dns-keys";
    private static final Set<String> OF_THIS_PLATFORM = Set.of(SEALED_FOR_NODES, GROUP, DNS_KEYS);

    // What happened here stays; and that a platform has got its first accounts remains so.
    private static final Set<String> HISTORY = Set.of("audit", "first-accounts");

    private Ownership() {}

    /** Neither goes into an archive nor comes out of one. */
    static boolean stays(String collection) {
        return OF_THIS_PLATFORM.contains(collection);
    }

    /** Is added from an archive, but never removed or changed by one. */
    static boolean onlyGrows(String collection) {
        return HISTORY.contains(collection);
    }
}
