package org.sipring.certs;

/** What became of a revocation list that somebody offered. */
public enum CrlTaken {
    /** Genuine and newer than the one before: in force. Tell the other nodes. */
    NEWER,
    /** Genuine, but not newer than the one in force. */
    KNOWN,
    /** Malformed, too large, or not signed by this platform's CA. */
    REFUSED
}
