package org.sipring.sip.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** RFC 3261 section 17.2.1 with the Accepted state of RFC 6026 section 7.1. */
final class InviteServer extends ServerTransaction {
    private enum State {
        PROCEEDING,
        COMPLETED,
        CONFIRMED,
        ACCEPTED,
        TERMINATED
    }

    private State state = State.PROCEEDING;
    private @Nullable Retry timerG;
    private byte @Nullable [] latest;
    private Ticker.@Nullable Timer deadline;

    InviteServer(String key, SipMessage request, Flow flow, ServerSide side) {
        super(key, request, flow, side);
    }

    @Override
    public boolean answered() {
        return state != State.PROCEEDING;
    }

    @Override
    public void respond(SipMessage response) {
        int status = response.status();
        boolean success = status >= 200 && status < 300;
        if (state == State.PROCEEDING) {
            if (status >= 200) {
                decided(response);
            }
            latest = response.bytes();
            sendLatest();
            if (success) {
                accept();
            } else if (status >= 300) {
                complete();
            }
        } else if (state == State.ACCEPTED && success) {
            send(response.bytes());
        }
    }

    private void accept() {
        forgetRequest();
        // Timer L. A repeated INVITE is absorbed without an answer: the 2xx is repeated by who made it.
        state = State.ACCEPTED;
        latest = null;
        endAfter(side.timers().linger());
    }

    private void complete() {
        forgetRequest();
        state = State.COMPLETED;
        if (!flow().transport().reliable()) {
            timerG = new Retry(side::after, side.timers()::doubled, this::sendLatest);
            timerG.start(side.timers().t1());
        }
        endAfter(side.timers().timeout());
    }

    @Override
    void repeated() {
        if (state == State.PROCEEDING || state == State.COMPLETED) {
            sendLatest();
        }
    }

    /** An ACK arrived; tells whether it ends here. One that does not acknowledges a 2xx. */
    boolean acknowledged() {
        if (state == State.COMPLETED) {
            state = State.CONFIRMED;
            stopTimerG();
            endAfter(
                    flow().transport().reliable()
                            ? Duration.ZERO
                            : side.timers().t4());
        }
        return state == State.CONFIRMED || state == State.TERMINATED;
    }

    private void stopTimerG() {
        if (timerG != null) {
            timerG.stop();
            timerG = null;
        }
    }

    private void sendLatest() {
        if (latest != null) {
            send(latest);
        }
    }

    private void endAfter(Duration delay) {
        if (deadline != null) {
            deadline.cancel();
        }
        deadline = side.after(delay, this::end);
    }

    @Override
    void end() {
        state = State.TERMINATED;
        forgetRequest();
        stopTimerG();
        side.finished(this);
    }
}
