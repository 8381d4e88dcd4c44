package org.sipring.sip.transaction;

import java.time.Duration;
import org.sipring.api.Ticker;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** What a client transaction needs of its loop. */
interface ClientSide {
    TimerSettings timers();

    Ticker.Timer after(Duration delay, Runnable task);

    boolean send(Flow flow, SipMessage request);

    void finished(ClientTransaction transaction);

    /** Sends the CANCEL of an INVITE in a transaction of its own. */
    void cancel(InviteClient invite);
}
