package org.sipring.bench;

import java.util.List;

/**
 * How much of the durable store is measured.
 *
 * @param accounts how many are imported, and looked up
 * @param writers how many write at a time, one figure each
 * @param fresh for how many seconds as many as ever write at replicas that have just begun: Java compiles what they run
 * @param warm for how many seconds they write before it counts, and
 * @param seconds for how many that do
 * @param hearing for how many seconds changes are made that every node must hear of
 * @param idle for how many seconds nodes are left alone before their memory is told
 */
record StorePlan(int accounts, List<Integer> writers, int fresh, int warm, int seconds, int hearing, int idle) {
    /** About ten minutes. */
    static final StorePlan WHOLE = new StorePlan(100_000, List.of(1, 16), 40, 10, 10, 10, 20);

    /** Whether it works, and nothing to be quoted. */
    static final StorePlan QUICK = new StorePlan(2_000, List.of(1, 4), 2, 2, 2, 2, 2);
}
