package org.sipring.sip.transaction;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.sipring.api.Ticker;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** What a server transaction needs of its loop. */
interface ServerSide {
    TimerSettings timers();

    Ticker.Timer after(Duration delay, Runnable task);

    /** Where the sender of a request listens, as its Via and its packets tell. */
    InetSocketAddress sender(Flow flow, SipMessage request);

    /** Sends a response where its request came from, or else to the sender. RFC 3261 section 18.2.2, RFC 3581. */
    void reply(Flow flow, InetSocketAddress sender, byte[] response);

    /** Sends a response that nothing is kept of: where the way is closed it is lost. */
    void replyStateless(Flow flow, byte[] response);

    void finished(ServerTransaction transaction);

    /** When those who are sent away may come back. */
    int retryAfterSeconds();

    /** The To tag of this node's own answers to a request. */
    String tag(SipMessage request);
}
