package org.sipring.testkit;

/**
 * Where a value is.
 *
 * @param table the table's name
 * @param key the key
 */
record Slot(String table, String key) {
    /** How many parts the keys are divided into. Each has an owner. */
    static final int PARTITIONS = 13;

    int partition() {
        return Math.floorMod(key.hashCode(), PARTITIONS);
    }
}
