package org.sipring.proxy.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ClientEvents;
import org.sipring.sip.transaction.ClientTransaction;
import org.sipring.sip.transport.Flow;

/** A request over one flow: the client transaction of a {@link ClientBranch}. */
final class Attempt implements ClientEvents {
    private final ClientBranch branch;
    private final Target target;
    private final Way way;
    private @Nullable ClientTransaction client;
    private @Nullable Flow flow;
    private @Nullable Runnable restartTimerC;
    private Ticker.@Nullable Timer timerC;
    private boolean rang;
    private boolean rangTooLong;
    private boolean over;

    Attempt(ClientBranch branch, Target target, Way way) {
        this.branch = branch;
        this.target = target;
        this.way = way;
    }

    void send(Outgoing outgoing, OpenWay open, int breadth) {
        flow = open.flow();
        client = outgoing.send(target, open, breadth, this);
        if (!over && outgoing.invites()) {
            Ticker ticker = outgoing.ticker();
            Duration limit = outgoing.ringing().timerC();
            restartTimerC = () -> startTimerC(ticker, limit);
            restartTimerC.run();
        }
    }

    // Timer C: set again by each provisional response but 100, RFC 3261 section 16.7 step 2.
    private void startTimerC(Ticker ticker, Duration limit) {
        stopTimerC();
        timerC = ticker.after(limit, this::giveUp);
    }

    private void stopTimerC() {
        if (timerC != null) {
            timerC.cancel();
            timerC = null;
        }
    }

    /** The phone has rung too long: what it answers from now on, unless it is a 2xx, counts as a time-out. */
    void giveUp() {
        rangTooLong = true;
        cancel();
    }

    void cancel() {
        if (client != null) {
            client.cancel();
        }
    }

    @Override
    public void response(SipMessage received) {
        SipMessage response = believed(received).edit().popVia().build();
        int status = response.status();
        if (status < 200) {
            provisional(response);
        } else if (status < 300) {
            end();
            branch.success(response);
        } else if (!over) {
            end();
            branch.refused(rangTooLong ? 408 : status, rangTooLong ? null : response);
        }
    }

    // It comes from where the request went: nobody else knows our branch.
    private SipMessage believed(SipMessage received) {
        Flow from = flow;
        return from == null ? received : TrustDomain.believed(received, from);
    }

    private void provisional(SipMessage response) {
        if (response.status() > 100 && !over) {
            rang = true;
            if (restartTimerC != null) {
                restartTimerC.run();
            }
            branch.provisional(response);
        }
    }

    @Override
    public void failed(Failure failure) {
        end();
        if (failure == Failure.TIMEOUT) {
            branch.refused(408, null);
        } else {
            branch.broken(target, way, rang);
        }
    }

    private void end() {
        over = true;
        stopTimerC();
    }
}
