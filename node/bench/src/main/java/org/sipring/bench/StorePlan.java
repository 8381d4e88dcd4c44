package org.sipring.bench;

import java.util.List;

/**
 * How much of the durable store is measured.
 *
 * @param accounts how many are imported, and looked up
 * @param loads who write at a time, one figure each
 * @param fresh for how many seconds as many as ever write at replicas that have just begun: Java compiles what they run
 * @param warm for how many seconds they write before it counts, and
 * @param seconds for how many that do
 * @param hearing for how many seconds changes are made that every node must hear of
 * @param idle for how many seconds nodes are left alone before their memory is told
 */
record StorePlan(int accounts, List<Load> loads, int fresh, int warm, int seconds, int hearing, int idle) {
    /** About a quarter of an hour. */
    static final StorePlan WHOLE = new StorePlan(
            100_000, List.of(new Load(16, 1), new Load(1, 1), new Load(16, 100), new Load(1, 100)), 40, 10, 10, 10, 20);

    /** Whether it works, and nothing to be quoted. */
    static final StorePlan QUICK = new StorePlan(2_000, List.of(new Load(4, 1), new Load(1, 100)), 2, 2, 2, 2, 2);

    /**
     * Who write at a time.
     *
     * @param writers how many
     * @param kilobytes the size of each document
     */
    record Load(int writers, int kilobytes) {
        /** The order for so many seconds of it. */
        String order(int seconds) {
            return "write " + writers + ' ' + kilobytes + ' ' + seconds;
        }
    }
}
