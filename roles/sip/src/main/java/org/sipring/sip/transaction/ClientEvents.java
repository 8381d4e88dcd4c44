package org.sipring.sip.transaction;

import org.sipring.sip.SipMessage;

/** What becomes of a request that was sent. Called in the transaction's loop. */
public interface ClientEvents {
    /**
     * A response arrived: any number of provisional ones, then a final one. After a 2xx to an INVITE further 2xx may
     * follow, repeated or of other branches, RFC 6026 section 7.2.
     *
     * @param response with our own Via still on top
     */
    void response(SipMessage response);

    /**
     * No final response came, and none will.
     *
     * @param failure why
     */
    void failed(Failure failure);

    /** Why a request failed. */
    enum Failure {
        /** Nobody answered in time: counts as a 408, RFC 3261 section 16.9. */
        TIMEOUT,
        /** It could not be sent, or the connection broke: counts as a 503, RFC 3261 section 16.9. */
        TRANSPORT
    }
}
