package org.sipring.proxy.load;

import java.time.Duration;

/**
 * How much a node has to do at one moment, by its loop that has most.
 *
 * @param fill how many transactions it keeps, of those that it may: above 1 it refuses new ones
 * @param delay how long a task waited for its loop
 */
record Sample(double fill, Duration delay) {
    private static final double MUCH_FILL = 0.8;
    private static final double LITTLE_FILL = 0.6;
    // A caller notices: T1, after which requests are repeated, is as long. RFC 3261 table 4.
    private static final Duration MUCH_DELAY = Duration.ofMillis(500);
    private static final Duration LITTLE_DELAY = Duration.ofMillis(100);

    boolean much() {
        return fill > MUCH_FILL || delay.compareTo(MUCH_DELAY) > 0;
    }

    boolean little() {
        return fill < LITTLE_FILL && delay.compareTo(LITTLE_DELAY) < 0;
    }
}
