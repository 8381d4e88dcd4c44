package org.sipring.proxy.core;

import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ClientEvents;
import org.sipring.sip.transaction.ServerTransaction;

/** What becomes of a request that was sent on; where hearing of it fails, the request that was asked ends. */
record GuardedEvents(ServerTransaction server, ClientEvents events) implements ClientEvents {
    @Override
    public void response(SipMessage response) {
        server.work(() -> events.response(response));
    }

    @Override
    public void failed(Failure failure) {
        server.work(() -> events.failed(failure));
    }
}
