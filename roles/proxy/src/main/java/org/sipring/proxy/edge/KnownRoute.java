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
    boolean is(String shown, List<Bond> bonds) {
        return uri.equals(shown) && bonds.contains(bond);
    }
}
