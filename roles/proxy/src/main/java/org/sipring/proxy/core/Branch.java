package org.sipring.proxy.core;

/** One of the ways that a request takes, RFC 3261 section 16.6; tells its {@link ResponseContext} how it ends. */
interface Branch {
    /** Sends the request. */
    void start();

    /** Asks whoever rings to ring no more; an answer still counts. */
    void cancel();

    /** It has rung long enough: whatever is said to the CANCEL, it counts as silent. */
    void giveUp();
}
