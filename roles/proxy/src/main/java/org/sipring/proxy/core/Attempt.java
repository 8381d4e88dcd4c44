package org.sipring.proxy.core;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Story;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ClientEvents;
import org.sipring.sip.transaction.ClientTransaction;
import org.sipring.sip.transport.Flow;

/** A request over one flow: the client transaction of a {@link Branch}. */
final class Attempt implements ClientEvents {
    private final Outcome branch;
    private Story story = Story.NONE;
    private @Nullable ClientTransaction client;
    private @Nullable Flow flow;
    private @Nullable Runnable restartTimerC;
    private Ticker.@Nullable Timer timerC;
    private boolean rang;
    private @Nullable EdgeNames names;
    private boolean rangTooLong;
    private boolean over;

    /** Hears what becomes of an attempt. */
    interface Outcome {
        /** Which headers of {@link TrustedHeaders} its responses may hold. */
        default Set<String> trusted() {
            return Set.of();
        }

        /** Somebody answers, if only with a 100. */
        default void heard(int status) {}

        /** The phone rings, or something like it. */
        void provisional(SipMessage response);

        /** Also a repeated 2xx to an INVITE, RFC 6026 section 7.2. */
        void success(SipMessage response);

        /** It ended without success; the response is null where a status only stands for one. */
        void refused(int status, @Nullable SipMessage response);

        /** Nobody answered in time. */
        default void silent() {
            refused(408, null);
        }

        /** It could not be sent, or its connection broke; perhaps after the phone rang. */
        void broken(boolean rang);
    }

    Attempt(Outcome branch) {
        this.branch = branch;
    }

    void send(Outgoing outgoing, Flow taken, MessageBuilder message) {
        flow = taken;
        names = outgoing.forwarded().platform().names();
        story = outgoing.story();
        client = outgoing.send(message, taken, this);
        if (!over && outgoing.invites()) {
            restartTimerC = () -> startTimerC(outgoing);
            restartTimerC.run();
        }
    }

    // Timer C: set again by each provisional response but 100, RFC 3261 section 16.7 step 2.
    private void startTimerC(Outgoing outgoing) {
        stopTimerC();
        timerC = outgoing.after(outgoing.ringing().timerC(), this::giveUp);
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
        note(Decision.RANG_TOO_LONG);
        cancel();
    }

    void cancel() {
        if (client != null) {
            note(Decision.STOPPED);
            client.cancel();
        }
    }

    @Override
    public void response(SipMessage received) {
        SipMessage response = believed(received).edit().popVia().build();
        int status = response.status();
        noteAnswer(response);
        branch.heard(status);
        if (status < 200) {
            provisional(response);
        } else if (status < 300) {
            end();
            branch.success(response);
        } else if (!over) {
            end();
            refused(response);
        }
    }

    private void refused(SipMessage response) {
        if (rangTooLong) {
            branch.refused(408, null);
        } else if (isForged(response)) {
            note(Decision.NOT_BELIEVED);
            branch.refused(500, null);
        } else {
            branch.refused(response.status(), response);
        }
    }

    // Only our own nodes ask for our users' passwords.
    private boolean isForged(SipMessage response) {
        return flow != null && names != null && flow.node().isEmpty() && Challenges.asksForOurs(names, response);
    }

    // It comes from where the request went: nobody else knows our branch. What a node sends it has read the same way.
    private SipMessage believed(SipMessage received) {
        Flow from = flow;
        return from == null || from.node().isPresent()
                ? received
                : TrustedHeaders.without(TrustDomain.believed(received, from), branch.trusted());
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
        note(failure == Failure.TRANSPORT ? Decision.BROKEN : Decision.SILENT);
        if (failure == Failure.TRANSPORT) {
            branch.broken(rang);
        } else if (rangTooLong) {
            branch.refused(408, null);
        } else {
            branch.silent();
        }
    }

    private void note(Decision decision) {
        if (flow != null) {
            story.note(decision, flow);
        }
    }

    private void noteAnswer(SipMessage response) {
        if (flow != null) {
            story.note(Decision.HEARD, response.status(), response.reason(), flow);
        }
    }

    private void end() {
        over = true;
        stopTimerC();
        // It holds the request, and what is over may linger for half a minute.
        restartTimerC = null;
    }
}
