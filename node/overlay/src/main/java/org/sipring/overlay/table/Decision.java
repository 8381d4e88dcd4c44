package org.sipring.overlay.table;

import org.jspecify.annotations.Nullable;

/**
 * What the owner decided about a change.
 *
 * @param kept what owner and backup hold from now on; null: nothing changes anywhere
 * @param fresh whether {@code kept} is new at the owner; a repeated request only sends it to the backup once more
 * @param reply for the caller, as {@link Reply} frames it
 */
record Decision(@Nullable Envelope kept, boolean fresh, byte[] reply) {
    static Decision refused(String reason) {
        return new Decision(null, false, Reply.refused(reason));
    }

    // The first attempt may have failed between owner and backup: the answer may be given only when both have it.
    static Decision repeated(Envelope kept, byte[] answer) {
        return new Decision(kept, false, Reply.applied(answer));
    }

    static Decision applied(Envelope kept, byte[] answer) {
        return new Decision(kept, true, Reply.applied(answer));
    }
}
