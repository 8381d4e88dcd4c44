package org.sipring.app.world;

import org.sipring.dns.Fences;

/**
 * What keeps managers from harm.
 *
 * @param fence how updates are fenced
 * @param hearing how managers hear of views
 */
record Rules(Fences fence, Hearing hearing) {
    /** Those of the program. */
    static final Rules ALL = new Rules(Fences.EXACT, Hearing.CONFIRMED);

    Rules with(Fences other) {
        return new Rules(other, hearing);
    }

    Rules with(Hearing other) {
        return new Rules(fence, other);
    }
}
