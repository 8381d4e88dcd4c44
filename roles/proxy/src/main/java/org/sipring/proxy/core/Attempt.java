package org.sipring.proxy.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.proxy.edge.Way;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ClientEvents;
import org.sipring.sip.transaction.ClientTransaction;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transport.Flow;

/** A request at one phone: a branch of a {@link ResponseContext}. */
final class Attempt implements ClientEvents {
    private final ResponseContext context;
    private final Target target;
    private final Way way;
    private @Nullable ClientTransaction client;
    private @Nullable Runnable restartTimerC;
    private Ticker.@Nullable Timer timerC;
    private boolean rang;
    private boolean rangTooLong;
    private boolean over;

    Attempt(ResponseContext context, Target target, Way way) {
        this.context = context;
        this.target = target;
        this.way = way;
    }

    void send(TransactionLayer layer, MessageBuilder request, Flow flow, ForwardedRequest forwarded) {
        client = layer.send(request, flow, forwarded.mark(), this);
        if (!over && forwarded.request().method().equals("INVITE")) {
            Ticker ticker = layer.loop().ticker();
            Duration limit = forwarded.platform().timerC();
            restartTimerC = () -> ticking(ticker, limit);
            restartTimerC.run();
        }
    }

    // Timer C: set again by each provisional response but 100, RFC 3261 section 16.7 step 2.
    private void ticking(Ticker ticker, Duration limit) {
        stopTicking();
        timerC = ticker.after(limit, () -> {
            rangTooLong = true;
            cancel();
        });
    }

    private void stopTicking() {
        if (timerC != null) {
            timerC.cancel();
            timerC = null;
        }
    }

    void cancel() {
        if (client != null) {
            client.cancel();
        }
    }

    @Override
    public void response(SipMessage received) {
        SipMessage response = received.edit().popVia().build();
        int status = response.status();
        if (status < 200) {
            provisional(response);
        } else if (status < 300) {
            end();
            context.success(response);
        } else if (!over) {
            end();
            // A branch that timer C gave up counts as timed out, whatever its phone says to the CANCEL.
            context.refused(rangTooLong ? 408 : status, rangTooLong ? null : response);
        }
    }

    private void provisional(SipMessage response) {
        if (response.status() > 100 && !over) {
            rang = true;
            if (restartTimerC != null) {
                restartTimerC.run();
            }
            context.provisional(response);
        }
    }

    @Override
    public void failed(Failure failure) {
        end();
        if (failure == Failure.TIMEOUT) {
            context.refused(408, null);
        } else {
            context.broken(target, way, rang);
        }
    }

    private void end() {
        over = true;
        stopTicking();
    }
}
