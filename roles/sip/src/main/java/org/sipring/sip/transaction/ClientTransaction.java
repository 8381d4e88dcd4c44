package org.sipring.sip.transaction;

import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** One request on its way. Lives in one loop; all methods are called there. */
public abstract class ClientTransaction {
    final SipMessage request;
    final Flow flow;
    final ClientEvents events;
    final ClientSide side;

    ClientTransaction(SipMessage request, Flow flow, ClientEvents events, ClientSide side) {
        this.request = request;
        this.flow = flow;
        this.events = events;
        this.side = side;
    }

    /**
     * What was sent.
     *
     * @return the request with our Via on top
     */
    public final SipMessage request() {
        return request;
    }

    /**
     * Where it was sent.
     *
     * @return the flow
     */
    public final Flow flow() {
        return flow;
    }

    /** Asks for an INVITE to be given up, RFC 3261 section 9.1; nothing for other methods. */
    public void cancel() {}

    /** Sends the request for the first time. */
    abstract void start();

    /** A response to this request arrived. */
    abstract void received(SipMessage response);

    /** The connection has been closed. */
    abstract void broken();

    final boolean send() {
        return side.send(flow, request);
    }
}
