package org.sipring.overlay.forming;

import java.util.Set;
import org.sipring.api.NodeId;

/** What a node that is in no cluster does next. */
sealed interface Decision {
    /** Makes a new platform, with an id to be minted. */
    record Bootstrap() implements Decision {}

    /** Forms its platform again. */
    record Form(String platform) implements Decision {}

    /** Joins a live member. */
    record Join(String platform) implements Decision {}

    /**
     * Looks again a little later.
     *
     * @param reason for the operator
     * @param missing members whose return would help
     */
    record Wait(String reason, Set<NodeId> missing) implements Decision {}

    /** Stops: only the operator can help. */
    record Refuse(String reason) implements Decision {}
}
