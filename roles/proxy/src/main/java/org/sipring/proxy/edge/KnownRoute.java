package org.sipring.proxy.edge;

import java.util.List;
import org.sipring.proxy.keys.Key;

/**
 * A Route with a token of ours, and what it says.
 *
 * @param uri as it is written, to the letter
 * @param bond the dialog that its token is good for
 * @param side where it leads
 * @param key what its token was sealed with
 */
record KnownRoute(String uri, Bond bond, Party side, Key key) {
    // Ours have some 200 letters; a phone may add parameters, and choose a Call-ID, of tens of thousands.
    private static final int LONGEST = 1_000;

    /** Whether it takes no more memory than any that is written here for an honest phone. */
    boolean isShort() {
        return uri.length() + bond.callId().length() + bond.tag().length() <= LONGEST;
    }

    boolean is(String shown, List<Bond> bonds) {
        return uri.equals(shown) && bonds.contains(bond);
    }
}
