package org.sipring.proxy.records;

import java.time.Duration;
import java.util.Optional;
import org.sipring.sip.SipMessage;

/** A call that goes on. Callable from any thread. */
final class Talking {
    // RFC 4028 section 10: a phone hangs up a third of the interval, or 32 s, before it ends; a BYE may be late.
    private static final Duration LATE = Duration.ofSeconds(32);

    private final CallRecord answered;
    private final long longestNanos;
    private volatile long deadline;
    private volatile boolean timed;

    Talking(CallRecord answered, Duration longest) {
        this.answered = answered;
        this.longestNanos = longest.toNanos();
    }

    CallRecord answered() {
        return answered;
    }

    /** Expects nothing to be heard for as long as a 2xx says, or for the longest time that there is. RFC 4028. */
    void heard(SipMessage ok, long now) {
        Optional<Duration> session = session(ok);
        timed = session.isPresent();
        deadline = now
                + session.map(interval -> interval.plus(LATE).toNanos())
                        .filter(nanos -> nanos < longestNanos)
                        .orElse(longestNanos);
    }

    private static Optional<Duration> session(SipMessage ok) {
        return ok.header("Session-Expires")
                .map(value -> value.split(";", 2)[0].trim())
                .filter(seconds -> seconds.matches("[0-9]{1,7}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    boolean silentAt(long now) {
        return now - deadline > 0;
    }

    CallRecord.Ending silence() {
        return timed ? CallRecord.Ending.SESSION_EXPIRED : CallRecord.Ending.UNKNOWN;
    }

    boolean has(String oneTag, String otherTag) {
        CallRecord.Dialog dialog = answered.dialog();
        return (dialog.fromTag().equals(oneTag) && dialog.toTag().equals(otherTag))
                || (dialog.fromTag().equals(otherTag) && dialog.toTag().equals(oneTag));
    }

    boolean isCaller(String tag) {
        return answered.dialog().fromTag().equals(tag);
    }
}
