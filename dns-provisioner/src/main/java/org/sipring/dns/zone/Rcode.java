package org.sipring.dns.zone;

/** Response codes (RFC 1035 section 4.1.1, RFC 2136 section 2.2). */
public enum Rcode {
    /** Done, or answered. */
    NOERROR(0),
    /** The message could not be understood. */
    FORMERR(1),
    /** The server could not do it; nothing was changed. */
    SERVFAIL(2),
    /** The name does not exist. */
    NXDOMAIN(3),
    /** The server does not know this kind of message. */
    NOTIMP(4),
    /** The server does not want to. */
    REFUSED(5),
    /** A name exists that should not. */
    YXDOMAIN(6),
    /** An RRset exists that should not. */
    YXRRSET(7),
    /** An RRset that should exist does not, or has other data. */
    NXRRSET(8),
    /** The server is not the zone's, or the signature is not good. */
    NOTAUTH(9),
    /** A name in the update is outside the zone. */
    NOTZONE(10);

    private final int code;

    Rcode(int code) {
        this.code = code;
    }

    /**
     * The code on the wire.
     *
     * @return 0 to 15
     */
    public int code() {
        return code;
    }

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
