package org.sipring.sip.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** A server transaction of any method but INVITE. RFC 3261 section 17.2.2. */
final class NonInviteServer extends ServerTransaction {
    private byte @Nullable [] latest;
    private boolean answered;

    NonInviteServer(String key, SipMessage request, Flow flow, ServerSide side) {
        super(key, request, flow, side);
    }

    @Override
    public boolean answered() {
        return answered;
    }

    @Override
    public void respond(SipMessage response) {
        if (answered()) {
            return;
        }
        latest = response.bytes();
        answered = response.status() >= 200;
        if (answered) {
            decided(response);
        }
        send(response.bytes());
        if (answered) {
            forgetRequest();
            // Timer J.
            Duration linger = flow().transport().reliable()
                    ? Duration.ZERO
                    : side.timers().linger();
            side.after(linger, () -> side.finished(this));
        }
    }

    @Override
    void end() {
        answered = true;
        forgetRequest();
        side.finished(this);
    }

    @Override
    void repeated() {
        if (latest != null) {
            send(latest);
        }
    }
}
