package org.sipring.store.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long nothing was acknowledged.
 *
 * @param after after what
 * @param times one for each time
 */
record Outages(String after, List<Duration> times) {
    Outages(String after) {
        this(after, new ArrayList<>());
    }

    Duration median() {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    Duration worst() {
        return Collections.max(times);
    }

    void print() {
        System.out.printf(
                "MEASURED %s until the next acknowledged write: median %d ms, worst %d ms of %d%n",
                after, median().toMillis(), worst().toMillis(), times.size());
    }
}
