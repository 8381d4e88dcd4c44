package org.sipring.api;

/** What a member says of its own service. */
public enum NodeState {
    /** A member of the overlay that does not serve yet. */
    JOINING,
    /** In service: DNS may name it and the ring may choose it. */
    READY,
    /** Finishes what it has and takes nothing new. */
    DRAINING
}
