package org.sipring.proxy.defence;

import java.time.Duration;

/**
 * How much somebody may do.
 *
 * @param interval one thing in each of these, for ever
 * @param burst how many at once, after a rest
 */
public record Rate(Duration interval, int burst) {
    /** Checks both. */
    public Rate {
        if (interval.isNegative() || interval.isZero() || burst < 0) {
            throw new IllegalArgumentException("a rate needs an interval above zero and a burst of zero or more");
        }
    }

    /**
     * So many things in a second.
     *
     * @param count how many
     * @param burst how many at once, after a rest
     * @return the rate
     */
    public static Rate perSecond(int count, int burst) {
        return new Rate(Duration.ofSeconds(1).dividedBy(count), burst);
    }

    Rate times(int factor) {
        return new Rate(interval, Math.multiplyExact(burst, factor));
    }
}
