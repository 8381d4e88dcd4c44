package org.sipring.sip.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** A client transaction of any method but INVITE and ACK. RFC 3261 section 17.1.2. */
final class NonInviteClient extends ClientTransaction {
    private enum State {
        TRYING,
        PROCEEDING,
        COMPLETED
    }

    private final Retry timerE;
    private State state = State.TRYING;
    private Ticker.@Nullable Timer deadline;

    NonInviteClient(SipMessage request, Flow flow, ClientEvents events, ClientSide side) {
        super(request, flow, events, side);
        timerE = new Retry(side::after, this::grown, this::again);
    }

    private Duration grown(Duration interval) {
        return state == State.PROCEEDING ? side.timers().t2() : side.timers().doubled(interval);
    }

    @Override
    void start() {
        deadline = side.after(side.timers().timeout(), () -> fail(ClientEvents.Failure.TIMEOUT));
        if (!flow.transport().reliable()) {
            timerE.start(side.timers().t1());
        }
        again();
    }

    private void again() {
        if (!send()) {
            broken();
        }
    }

    @Override
    void received(SipMessage response) {
        if (state == State.COMPLETED) {
            return;
        }
        if (response.status() < 200) {
            state = State.PROCEEDING;
        } else {
            complete();
        }
        events.response(response);
    }

    private void complete() {
        stop();
        forgetRequest();
        // Timer K.
        side.after(flow.transport().reliable() ? Duration.ZERO : side.timers().t4(), () -> side.finished(this));
    }

    @Override
    void broken() {
        fail(ClientEvents.Failure.TRANSPORT);
    }

    private void fail(ClientEvents.Failure failure) {
        if (state != State.COMPLETED) {
            stop();
            side.finished(this);
            events.failed(failure);
        }
    }

    private void stop() {
        state = State.COMPLETED;
        timerE.stop();
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
