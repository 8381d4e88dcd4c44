package org.sipring.proxy.core;

import org.sipring.sip.Via;
import org.sipring.sip.locate.Protocol;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.SipLoop;

/** Connections that servers of other domains let us use for our requests to them: RFC 5923 section 8. */
final class Aliases {
    private Aliases() {}

    /** Notes a connection whose holder has proved who it is, and says so. */
    static void note(ServerTransaction transaction, SipLoop loop) {
        Flow from = transaction.flow();
        if (!from.proof().domains().isEmpty()) {
            Via via = transaction.request().topVia();
            if (via.params().has("alias")) {
                loop.alias(from, via.port() < 0 ? Protocol.TLS.port() : via.port());
            }
        }
    }
}
