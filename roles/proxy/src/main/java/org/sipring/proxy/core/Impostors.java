package org.sipring.proxy.core;

import java.util.Deque;
import org.sipring.sip.locate.NextHop;
import org.sipring.sip.locate.Protocol;
import org.sipring.sip.transport.Dialled;

/** Servers that are not whom they stand for: RFC 5922 section 7.3. */
final class Impostors {
    /** What the caller is told: what was behind us gave no valid answer, RFC 3261 section 21.5.3. */
    static final int STATUS = 502;

    private Impostors() {}

    /**
     * The servers that are left to try. Where one proved to be another, whoever put it there must not gain by it: nobody is
     * asked any more without TLS.
     */
    static Deque<NextHop> among(Deque<NextHop> hops, Dialled dialled) {
        if (dialled.refused()) {
            hops.removeIf(hop -> hop.protocol() != Protocol.TLS);
        }
        return hops;
    }
}
