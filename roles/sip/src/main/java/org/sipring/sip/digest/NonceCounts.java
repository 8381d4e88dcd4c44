package org.sipring.sip.digest;

/**
 * Which counts of a server's latest nonces were used: a ring of bit sets, one for each nonce. Its size does not depend
 * on what anybody sends: a flood of challenges only makes nonces stale sooner. RFC 7616 section 5.12. Callable from any thread.
 */
public final class NonceCounts {
    /** The last count of a nonce that may be used; then the client is given a new one. */
    public static final int MOST = Long.SIZE;

    private final long[] used;
    private long next;

    /**
     * Nothing issued yet.
     *
     * @param capacity how many nonces to remember; a power of two, 8 bytes each
     */
    public NonceCounts(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(capacity + " nonces to remember: use a power of two");
        }
        used = new long[capacity];
    }

    /**
     * Takes the next serial number.
     *
     * @return for a new nonce
     */
    public synchronized long issue() {
        used[slot(next)] = 0;
        return next++;
    }

    /**
     * Uses a count once.
     *
     * @param serial the nonce's serial number
     * @param count the client's count
     * @return true the first time, false ever after and for what is not remembered
     */
    public synchronized boolean use(long serial, int count) {
        boolean remembered = serial >= 0 && serial < next && next - serial <= used.length;
        if (!remembered || count < 1 || count > MOST) {
            return false;
        }
        long bit = 1L << (count - 1);
        boolean fresh = (used[slot(serial)] & bit) == 0;
        used[slot(serial)] |= bit;
        return fresh;
    }

    private int slot(long serial) {
        return (int) (serial & (used.length - 1));
    }
}
