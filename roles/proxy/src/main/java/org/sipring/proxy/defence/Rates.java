package org.sipring.proxy.defence;

import java.util.Arrays;

/**
 * How much each of many has done lately, in memory that does not grow: a leaky bucket each, of which nothing is kept but the
 * moment when it will be empty (the generic cell rate algorithm). An empty bucket is as good as none, so where there is no
 * room the one that is empty first makes it: whoever does most is forgotten last. Allocates nothing. For one thread.
 */
final class Rates {
    private static final int WAYS = 8;
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final long intervalNanos;
    private final long depthNanos;
    private final long secret;
    private final int sets;
    // Bucket i is of keys[i], and empty at emptyAt[i]. A key's buckets are in WAYS places that follow each other.
    private final long[] keys;
    private final long[] emptyAt;

    /**
     * Nobody has done anything yet.
     *
     * @param rate what each may do
     * @param capacity how many are remembered, a power of two
     * @param secret keeps others from choosing who share their places
     * @param now the monotonic time
     */
    Rates(Rate rate, int capacity, long secret, long now) {
        if (Integer.bitCount(capacity) != 1 || capacity < WAYS) {
            throw new IllegalArgumentException(capacity + " to remember: use a power of two, " + WAYS + " or more");
        }
        intervalNanos = rate.interval().toNanos();
        depthNanos = intervalNanos * rate.burst();
        this.secret = secret;
        sets = capacity / WAYS;
        keys = new long[capacity];
        emptyAt = new long[capacity];
        Arrays.fill(emptyAt, now);
    }

    /** Whether one may do one thing more. */
    boolean has(long key, long now) {
        int place = find(key, first(key));
        return fill(place, now) + intervalNanos <= depthNanos;
    }

    /** Does one thing more, if it may. */
    boolean take(long key, long now) {
        int first = first(key);
        int found = find(key, first);
        int place = found < 0 ? emptiest(first, now) : found;
        long fill = found < 0 ? 0 : fill(place, now);
        if (fill + intervalNanos > depthNanos) {
            return false;
        }
        keys[place] = key;
        emptyAt[place] = now + fill + intervalNanos;
        return true;
    }

    private int first(long key) {
        long mixed = (key ^ secret) * MULTIPLIER;
        mixed = (mixed ^ mixed >>> 29) * MULTIPLIER;
        return (int) (mixed >>> Integer.SIZE & sets - 1) * WAYS;
    }

    private int find(long key, int first) {
        for (int place = first; place < first + WAYS; place++) {
            if (keys[place] == key) {
                return place;
            }
        }
        return -1;
    }

    private int emptiest(int first, long now) {
        int emptiest = first;
        for (int place = first + 1; place < first + WAYS; place++) {
            if (fill(place, now) < fill(emptiest, now)) {
                emptiest = place;
            }
        }
        return emptiest;
    }

    private long fill(int place, long now) {
        return place < 0 ? 0 : Math.max(0, emptyAt[place] - now);
    }
}
