package org.sipring.sip.transaction;

/**
 * How transactions behave.
 *
 * @param timers the timers of RFC 3261
 * @param most how many transactions one loop keeps; above it new requests are answered 503 without keeping anything
 */
public record StackSettings(TimerSettings timers, int most) {
    /** About 200 MB of the smallest transactions on a node with two loops. */
    public static final StackSettings DEFAULT = new StackSettings(TimerSettings.DEFAULT, 100_000);
}
