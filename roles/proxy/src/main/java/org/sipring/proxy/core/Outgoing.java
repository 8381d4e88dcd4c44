package org.sipring.proxy.core;

import java.time.Duration;
import org.sipring.api.Ticker;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.transaction.ClientEvents;
import org.sipring.sip.transaction.ClientTransaction;
import org.sipring.sip.transaction.TransactionLayer;

/**
 * A request on its way out, and what sends it. Lives in one loop.
 *
 * @param layer the loop's transactions
 * @param finder finds the way to a phone
 * @param forwarded what is sent
 */
record Outgoing(TransactionLayer layer, WayFinder finder, ForwardedRequest forwarded) {
    Ticker ticker() {
        return layer.loop().ticker();
    }

    boolean invites() {
        return forwarded.request().method().equals("INVITE");
    }

    Ringing ringing() {
        return forwarded.platform().ringing();
    }

    Ticker.Timer after(Duration delay, Runnable task) {
        return ticker().after(delay, task);
    }

    ClientTransaction send(Target target, OpenWay open, int breadth, ClientEvents events) {
        MessageBuilder message =
                forwarded.to(target, open, layer.loop()).set(HeaderName.MAX_BREADTH, Integer.toString(breadth));
        return layer.send(message, open.flow(), forwarded.mark(), events);
    }
}
