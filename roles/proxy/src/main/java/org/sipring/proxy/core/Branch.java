package org.sipring.proxy.core;

import java.util.List;
import org.sipring.proxy.edge.Party;

/** One of the ways that a request takes, RFC 3261 section 16.6; tells its {@link ResponseContext} how it ends. */
interface Branch {
    /** Sends the request. */
    void start();

    /** Asks whoever rings to ring no more; an answer still counts. */
    void cancel();

    /** Who has answered it, by all names that tokens have for that side; empty before. */
    List<Party> answerer();

    /** It has rung long enough: whatever is said to the CANCEL, it counts as silent. */
    void giveUp();
}
