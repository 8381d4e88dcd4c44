package org.sipring.sip.transaction;

/**
 * How transactions behave.
 *
 * @param timers the timers of RFC 3261
 * @param most how many transactions one loop keeps. From half of it on finished ones are forgotten sooner, see {@link
 *     TimerSettings#crowded}; above it new requests are answered 503 without keeping anything
 */
public record StackSettings(TimerSettings timers, int most) {
    /** Ordinary timers and 100,000 transactions a loop. */
    public static final StackSettings DEFAULT = new StackSettings(TimerSettings.DEFAULT, 100_000);

    // Almost all are finished ones, which keep a response, a key and a timer.
    private static final int TYPICAL_BYTES = 1_500;
    private static final int FEWEST = 1_000;

    /**
     * Ordinary timers, and as many transactions as two fifths of the heap hold.
     *
     * @param heapBytes the greatest size of the heap
     * @param loops how many loops share it
     * @return the settings
     */
    public static StackSettings forHeap(long heapBytes, int loops) {
        long most = heapBytes / 5 * 2 / TYPICAL_BYTES / loops;
        return new StackSettings(TimerSettings.DEFAULT, (int) Math.max(FEWEST, Math.min(most, 1_000_000)));
    }
}
