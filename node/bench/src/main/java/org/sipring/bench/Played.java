package org.sipring.bench;

import java.util.List;

/**
 * How a load went, as sipp saw it.
 *
 * @param succeeded attempts that ended as they should
 * @param failed the others
 * @param repeated messages that were sent again
 * @param millis response times, in milliseconds, ascending
 */
record Played(long succeeded, long failed, long repeated, List<Double> millis) {
    /** The response time that so many of a hundred attempts did not exceed. NaN where none is known. */
    double percentile(int hundredths) {
        if (millis.isEmpty()) {
            return Double.NaN;
        }
        int place = (int) Math.ceil(hundredths / 100.0 * millis.size()) - 1;
        return millis.get(Math.max(0, place));
    }
}
