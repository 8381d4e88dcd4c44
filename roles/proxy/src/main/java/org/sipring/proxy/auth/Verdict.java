package org.sipring.proxy.auth;

import org.sipring.sip.SipMessage;

/** What became of an authentication. */
public sealed interface Verdict {
    /**
     * The sender knows the account's password and speaks for its address only.
     *
     * @param account the account
     */
    record Authenticated(Account account) implements Verdict {}

    /**
     * The sender must prove itself, or may not.
     *
     * @param response 401 or 407 with challenges, 400 or 403
     */
    record Refused(SipMessage response) implements Verdict {}
}
