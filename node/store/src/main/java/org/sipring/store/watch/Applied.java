package org.sipring.store.watch;

import org.sipring.store.command.Key;

/** Hears what has been applied, when it can be read, in the thread that applies. Must not block. */
public interface Applied {
    /**
     * A document was written or removed.
     *
     * @param key which
     */
    void changed(Key key);

    /** Everything may be different: another's copy has taken the documents' place. */
    void replaced();
}
