package org.sipring.proxy.core;

import java.util.Optional;
import org.sipring.api.NodeId;

/** One of the ways that a request takes, RFC 3261 section 16.6; tells its {@link ResponseContext} how it ends. */
interface Branch {
    /** Sends the request. */
    void start();

    /** Asks whoever rings to ring no more; an answer still counts. */
    void cancel();

    /** The node that holds the flow which the request goes over now; empty for other domains. */
    default Optional<NodeId> node() {
        return Optional.empty();
    }

    /** It has rung long enough: whatever is said to the CANCEL, it counts as silent. */
    void giveUp();
}
