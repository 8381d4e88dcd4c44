package org.sipring.sip.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** RFC 3261 section 17.1.1 with the Accepted state of RFC 6026 section 7.2, and CANCEL, RFC 3261 section 9.1. */
final class InviteClient extends ClientTransaction {
    private enum State {
        CALLING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        TERMINATED
    }

    private State state = State.CALLING;
    private @Nullable Retry timerA;
    private boolean unwanted;
    private Ticker.@Nullable Timer deadline;
    private @Nullable SipMessage ack;

    InviteClient(SipMessage request, Flow flow, ClientEvents events, ClientSide side) {
        super(request, flow, events, side);
    }

    @Override
    void start() {
        deadlineAfter(side.timers().timeout());
        if (!flow.transport().reliable()) {
            timerA = new Retry(side::after, interval -> interval.plus(interval), this::again);
            timerA.start(side.timers().t1());
        }
        again();
    }

    private void stopTimerA() {
        if (timerA != null) {
            timerA.stop();
            timerA = null;
        }
    }

    private void again() {
        if (!send()) {
            broken();
        }
    }

    @Override
    void received(SipMessage response) {
        if (response.status() < 200) {
            provisional(response);
        } else if (response.status() < 300) {
            success(response);
        } else {
            refusal(response);
        }
    }

    private void provisional(SipMessage response) {
        if (state == State.CALLING) {
            proceed();
        }
        if (state == State.PROCEEDING) {
            events.response(response);
        }
    }

    private void proceed() {
        state = State.PROCEEDING;
        stopTimerA();
        cancelDeadline();
        if (unwanted) {
            sendCancel();
        }
    }

    private void success(SipMessage response) {
        if (state == State.CALLING || state == State.PROCEEDING) {
            state = State.ACCEPTED;
            stopTimerA();
            forgetRequest();
            // Timer M.
            endAfter(side.timers().linger());
        }
        if (state == State.ACCEPTED) {
            events.response(response);
        }
    }

    private void refusal(SipMessage response) {
        if (state == State.CALLING || state == State.PROCEEDING) {
            state = State.COMPLETED;
            stopTimerA();
            ack = HopRequests.ack(request(), response);
            forgetRequest();
            side.send(flow, ack);
            // Timer D.
            endAfter(flow.transport().reliable() ? Duration.ZERO : side.timers().linger());
            events.response(response);
        } else if (state == State.COMPLETED && ack != null) {
            side.send(flow, ack);
        }
    }

    @Override
    public void cancel() {
        boolean first = !unwanted;
        unwanted = true;
        if (first && state == State.PROCEEDING) {
            sendCancel();
        }
    }

    // RFC 3261 section 9.1: who does not answer the INVITE 64 T1 after its CANCEL never will.
    private void sendCancel() {
        deadlineAfter(side.timers().timeout());
        side.cancel(this);
    }

    @Override
    void broken() {
        fail(ClientEvents.Failure.TRANSPORT);
    }

    private void fail(ClientEvents.Failure failure) {
        if (state == State.CALLING || state == State.PROCEEDING) {
            terminate();
            events.failed(failure);
        }
    }

    private void deadlineAfter(Duration delay) {
        cancelDeadline();
        deadline = side.after(delay, () -> fail(ClientEvents.Failure.TIMEOUT));
    }

    private void endAfter(Duration delay) {
        cancelDeadline();
        deadline = side.after(delay, this::terminate);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
        }
    }

    private void terminate() {
        state = State.TERMINATED;
        stopTimerA();
        cancelDeadline();
        side.finished(this);
    }
}
