package org.sipring.sip.transaction;

import java.time.Duration;

/**
 * The timers of RFC 3261, table 4.
 *
 * @param t1 estimate of the round trip
 * @param t2 the longest wait between two transmissions of a non-INVITE request or an INVITE response
 * @param t4 how long a message may stay in the network
 * @param linger how long a finished UDP transaction is remembered to absorb what is repeated (D, J, L, M). The RFC asks
 *     for 64 T1 and at least 32 s; less saves memory where many transactions run
 */
public record TimerSettings(Duration t1, Duration t2, Duration t4, Duration linger) {
    /** What the RFC recommends. */
    public static final TimerSettings DEFAULT = new TimerSettings(
            Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(32));

    /**
     * How long a request may stay unanswered: timers B, F and H.
     *
     * @return 64 T1
     */
    public Duration timeout() {
        // Not multipliedBy: that goes through decimal fractions of any length.
        return Duration.ofNanos(64 * t1.toNanos());
    }

    /**
     * For a loop that has too much to remember: what is finished is forgotten when nothing of it can be in the network
     * any more.
     *
     * @return the same timers, lingering for T4 at most
     */
    public TimerSettings crowded() {
        return new TimerSettings(t1, t2, t4, linger.compareTo(t4) < 0 ? linger : t4);
    }

    Duration doubled(Duration interval) {
        Duration twice = interval.plus(interval);
        return twice.compareTo(t2) < 0 ? twice : t2;
    }
}
