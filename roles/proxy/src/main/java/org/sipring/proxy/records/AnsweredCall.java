package org.sipring.proxy.records;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.proxy.edge.Party;
import org.sipring.sip.SipMessage;

/** A call that goes on. Callable from any thread. */
final class AnsweredCall {
    // RFC 4028 section 10: a phone hangs up a third of the interval, or 32 s, before it ends; a BYE may be late.
    private static final Duration LATE = Duration.ofSeconds(32);

    // RFC 4028 section 4: no shorter interval is one.
    private static final Duration SHORTEST = Duration.ofSeconds(90);

    private final CallRecord answered;
    private final Sides sides;
    private final long longestNanos;
    private volatile long deadline;
    private volatile boolean timed;
    private volatile @Nullable HangUp unconfirmed;

    /**
     * Who talks.
     *
     * @param caller where the INVITE came from
     * @param callee who answered, by all its names
     */
    record Sides(Party caller, List<Party> callee) {}

    AnsweredCall(CallRecord answered, Sides sides, Duration longest) {
        this.answered = answered;
        this.sides = sides;
        this.longestNanos = longest.toNanos();
    }

    CallRecord answered() {
        return answered;
    }

    /**
     * Expects nothing to be heard for as long as a 2xx says, or for the longest time that there is. RFC 4028. Who refreshes the
     * session has not hung up.
     */
    void heard(SipMessage ok, long now) {
        unconfirmed = null;
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
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .filter(interval -> interval.compareTo(SHORTEST) >= 0);
    }

    boolean silentAt(long now) {
        return now - deadline > 0;
    }

    /** The caller says that it hangs up, and the callee does not confirm it. The first time counts. */
    void hangsUpUnconfirmed(HangUp bye) {
        if (unconfirmed == null) {
            unconfirmed = bye;
        }
    }

    /** The record of a call whose end nobody has seen. */
    CallRecord unheard() {
        HangUp bye = unconfirmed;
        if (bye != null) {
            return answered.over(CallRecord.Ending.UNCONFIRMED, Optional.of(bye.when()), bye.reason());
        }
        CallRecord.Ending silence = timed ? CallRecord.Ending.SESSION_EXPIRED : CallRecord.Ending.UNKNOWN;
        return answered.over(silence, Optional.empty(), Optional.empty());
    }

    /**
     * Whether a request goes to the side that its From tag does not belong to. The caller pays, and what its own phone answers
     * is believed only where the callee has really sent the request.
     */
    boolean crosses(String fromTag, Calls.Way way) {
        return isCaller(fromTag)
                ? is(sides.callee(), way.target())
                : is(List.of(sides.caller()), way.target()) && is(sides.callee(), way.sender());
    }

    private static boolean is(List<Party> side, Optional<Party> named) {
        return named.filter(party -> side.stream().anyMatch(party::is)).isPresent();
    }

    boolean isCaller(String tag) {
        return answered.dialog().fromTag().equals(tag);
    }
}
