package org.sipring.bench;

import java.util.ArrayList;
import java.util.List;

/** All that was measured of the durable store. */
final class StoreFindings {
    final List<Writes> writes = new ArrayList<>();
    final List<Reads> reads = new ArrayList<>();
    final List<Heard> heard = new ArrayList<>();
    final List<Long> idleBytes = new ArrayList<>();
    final List<Long> fullBytes = new ArrayList<>();
    final List<Lookup> lookups = new ArrayList<>();
    Import imported = new Import(0, 0, 0, 0);
    /** What all nodes at rest use together, as a share of one processor. */
    double idleShare = Double.NaN;

    /**
     * Writers at work.
     *
     * @param replicas on how many replicas
     * @param load who they were
     * @param perSecond how many writes were acknowledged in a second
     * @param millis how long each took
     * @param micros processor time of all nodes for each
     */
    record Writes(int replicas, StorePlan.Load load, double perSecond, Spread millis, double micros) {}

    /**
     * Reads of what is true now.
     *
     * @param node what it is that was asked
     * @param millis how long each took
     */
    record Reads(String node, Spread millis) {}

    /**
     * Changes that a node heard of.
     *
     * @param when what else went on
     * @param node what it is
     * @param asked how many milliseconds after they were asked for
     * @param acknowledged and after they were acknowledged
     */
    record Heard(String when, String node, Spread asked, Spread acknowledged) {}

    /**
     * Look-ups of accounts.
     *
     * @param heap of the node that made them, in megabytes
     * @param first the processor time of each, in microseconds, where it is asked for the first time
     * @param again and once all have been asked for
     */
    record Lookup(int heap, double first, Spread again) {}

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
