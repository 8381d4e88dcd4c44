package org.sipring.bench;

import java.util.ArrayList;
import java.util.List;

/** All that was measured of the durable store. */
final class StoreFindings {
    final List<Writes> writes = new ArrayList<>();
    final List<Heard> heard = new ArrayList<>();
    final List<Long> idleBytes = new ArrayList<>();
    Import imported = new Import(0, 0, 0, 0);
    Spread lookup = Spread.of();
    double firstLookup = Double.NaN;

    /**
     * Writers at work.
     *
     * @param replicas on how many replicas
     * @param writers how many
     * @param perSecond how many writes were acknowledged in a second
     * @param millis how long each took
     * @param micros processor time of all nodes for each
     */
    record Writes(int replicas, int writers, double perSecond, Spread millis, double micros) {}

    /**
     * Changes that a node heard of.
     *
     * @param when what else went on
     * @param node what it is
     * @param millis how long it took
     */
    record Heard(String when, String node, Spread millis) {}

    /**
     * An import.
     *
     * @param accounts how many
     * @param seconds how long it took, from the start of the command to its end
     * @param nodes what the nodes used, in seconds of processor time
     * @param command what the command did
     */
    record Import(int accounts, double seconds, double nodes, double command) {}
}
