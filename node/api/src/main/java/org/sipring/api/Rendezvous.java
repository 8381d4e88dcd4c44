package org.sipring.api;

/**
 * Weighted rendezvous hashing: every candidate draws a score for every item, and the greatest wins. A candidate that
 * comes or goes moves only what it wins or held. A candidate of twice the weight wins twice as many items.
 */
final class Rendezvous {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final double UNIT = 0x1.0p-53;

    private Rendezvous() {}

    /** 64 well mixed bits of a text. */
    static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /**
     * What a candidate draws for an item: an exponential variable by inversion.
     *
     * <p>StrictMath, because Math.log may differ in its last bit between two machines, and so might the winner.
     */
    static double score(long candidate, long item, int weight) {
        double uniform = ((mix(candidate ^ mix(item)) >>> 11) + 0.5) * UNIT;
        return -weight / StrictMath.log(uniform);
    }

    // The finalizer of MurmurHash3: each bit of the input changes half the bits of the output.
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
