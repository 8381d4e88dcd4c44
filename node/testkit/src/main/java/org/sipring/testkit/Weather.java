package org.sipring.testkit;

import java.time.Duration;

/**
 * How a network treats what is sent.
 *
 * @param least the shortest delay
 * @param most the longest delay, exclusive
 * @param lost how many of a hundred messages do not arrive
 * @param repeated how many of a hundred messages arrive twice
 */
public record Weather(Duration least, Duration most, int lost, int repeated) {
    /** A quiet local network. */
    public static final Weather FAIR = new Weather(Duration.ofNanos(200_000), Duration.ofMillis(2), 0, 0);

    /** Slow, and now and then a message is lost or repeated. */
    public static final Weather FOUL = new Weather(Duration.ofMillis(1), Duration.ofMillis(400), 2, 2);
}
