package org.sipring.sip.transaction;

import org.jspecify.annotations.Nullable;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** One request on its way. Lives in one loop; all methods are called there. */
public abstract class ClientTransaction {
    final Flow flow;
    private final String key;
    private @Nullable SipMessage request;
    final ClientEvents events;
    final ClientSide side;

    ClientTransaction(SipMessage request, Flow flow, ClientEvents events, ClientSide side) {
        this.key = key(request);
        this.request = request;
        this.flow = flow;
        this.events = events;
        this.side = side;
    }

    /** What a message of ours and its responses have in common. RFC 3261 section 17.1.3. */
    static String key(SipMessage message) {
        return message.topVia().branch().orElse("") + '|' + message.method();
    }

    final String key() {
        return key;
    }

    /** What was sent, with our Via on top; only until there is a final response. */
    final SipMessage request() {
        SipMessage known = request;
        if (known == null) {
            throw new IllegalStateException("the request has been answered and forgotten");
        }
        return known;
    }

    /** A final response has come. Thousands of transactions may wait for their last timer: they must be small. */
    final void forgetRequest() {
        request = null;
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
        return side.send(flow, request());
    }
}
