package org.sipring.dns.zone;

/** What a primary answered to an {@link Update}. No answer is no result: the stage fails with an exception. */
public enum UpdateResult {
    /** NOERROR: applied. */
    APPLIED,
    /** NXRRSET or YXRRSET, NXDOMAIN or YXDOMAIN: a prerequisite was not true, nothing was changed. */
    PREREQUISITE_FAILED,
    /** NOTAUTH, BADKEY, BADSIG, BADTIME: the TSIG key is wrong or the clocks differ. */
    NOT_AUTHENTIC,
    /** Any other answer: REFUSED, SERVFAIL, FORMERR, NOTZONE, NOTIMP. */
    REFUSED
}
