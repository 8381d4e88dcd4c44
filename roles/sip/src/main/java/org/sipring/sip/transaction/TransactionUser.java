package org.sipring.sip.transaction;

import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** What works on the requests that arrive at one loop: the proxy core. Called in the loop's room. */
public interface TransactionUser {
    /**
     * A new request, neither ACK nor CANCEL. CANCELs are answered below; see {@link ServerTransaction#onCancel}.
     *
     * @param transaction to answer it by
     */
    void request(ServerTransaction transaction);

    /**
     * An ACK of a 2xx, which is a transaction of its own and has no answer.
     *
     * @param flow where it came from
     * @param ack the request
     */
    void ack(Flow flow, SipMessage ack);
}
