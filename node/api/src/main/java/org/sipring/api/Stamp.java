package org.sipring.api;

import java.util.Comparator;

/**
 * A hybrid logical time: orders two changes of one entry, also when they were made on two sides of a partition.
 *
 * @param time milliseconds since 1970 by the owner's clock, or one more than the last stamp where the clock is behind
 * @param node who gave it; breaks ties
 */
public record Stamp(long time, NodeId node) implements Comparable<Stamp> {
    private static final Comparator<Stamp> ORDER =
            Comparator.comparingLong(Stamp::time).thenComparing(Stamp::node);

    /**
     * The stamp after a number of earlier ones.
     *
     * @param clock milliseconds since 1970 now
     * @param last the greatest time stamped before
     * @param node who gives the stamp
     * @return a stamp greater than every one whose time is at most {@code last}
     */
    public static Stamp next(long clock, long last, NodeId node) {
        return new Stamp(Math.max(clock, last + 1), node);
    }

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
