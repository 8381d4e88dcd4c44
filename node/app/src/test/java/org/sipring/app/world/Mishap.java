package org.sipring.app.world;

/** What may come between in the middle of a call. The random worlds must have lived through each of them. */
enum Mishap {
    /** Several phones rang. */
    FORKED,
    /** The caller gave up, and yet somebody had taken the call. */
    CANCEL_CROSSED_ANSWER,
    /** A process heard an INVITE once more. */
    INVITE_REPEATED,
    /** The caller's ACK had been sent, and the callee did not hear it in time. */
    ACK_LOST,
    /** The node where the call was placed died before anybody had taken it. */
    NODE_DIED_IN_INVITE,
    /** A node's clock jumped while a call was set up or went on. */
    CLOCK_JUMPED
}
