package org.sipring.dns;

/** Response codes (RFC 1035 section 4.1.1, RFC 2136 section 2.2). The ordinal is the code on the wire. */
public enum Rcode {
    /** Done, or answered. */
    NOERROR,
    /** The message could not be understood. */
    FORMERR,
    /** The server could not do it; nothing was changed. */
    SERVFAIL,
    /** The name does not exist. */
    NXDOMAIN,
    /** The server does not know this kind of message. */
    NOTIMP,
    /** The server does not want to. */
    REFUSED,
    /** A name exists that should not. */
    YXDOMAIN,
    /** An RRset exists that should not. */
    YXRRSET,
    /** An RRset that should exist does not, or has other data. */
    NXRRSET,
    /** The server is not the zone's, or the signature is not good. */
    NOTAUTH,
    /** A name in the update is outside the zone. */
    NOTZONE;

    /**
     * What this code says as the answer to an update.
     *
     * @return the outcome
     */
    public UpdateResult result() {
        return switch (this) {
            case NOERROR -> UpdateResult.APPLIED;
            case NXDOMAIN, YXDOMAIN, YXRRSET, NXRRSET -> UpdateResult.PREREQUISITE_FAILED;
            case NOTAUTH -> UpdateResult.NOT_AUTHENTIC;
            case FORMERR, SERVFAIL, NOTIMP, REFUSED, NOTZONE -> UpdateResult.REFUSED;
        };
    }
}
