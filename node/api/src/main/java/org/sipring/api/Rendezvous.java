package org.sipring.api;

/**
 * Weighted rendezvous hashing: every candidate draws a score for every item, and the greatest wins. A candidate that
 * comes or goes moves only what it wins or held. A candidate of twice the weight wins twice as many items.
 */
final class Rendezvous {
    private static final double UNIT = 0x1.0p-53;

    private Rendezvous() {}

    /**
     * What a candidate draws for an item: an exponential variable by inversion.
     *
     * <p>StrictMath, because Math.log may differ in its last bit between two machines, and so might the winner.
     */
    static double score(long candidate, long item, int weight) {
        double uniform = ((Hash.mix(candidate ^ Hash.mix(item)) >>> 11) + 0.5) * UNIT;
        return -weight / StrictMath.log(uniform);
    }
}
