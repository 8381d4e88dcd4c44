package org.sipring.sip.transaction;

import java.util.OptionalInt;
import org.sipring.api.Chance;
import org.sipring.sip.Via;

/**
 * Our branches: {@code z9hG4bKs<loop>.<transaction>.<random>.<mark>}. A response leads back to its loop without a
 * search; the random part keeps strangers from inventing responses.
 */
public final class Branch {
    private static final String PREFIX = Via.COOKIE + "s";
    private static final int RADIX = 36;
    // A power of two: others make a detour through numbers of any length.
    private static final int RANDOM_RADIX = 32;

    private Branch() {}

    static String make(int loop, long transaction, Chance chance, String mark) {
        return PREFIX
                + Integer.toString(loop, RADIX)
                + '.'
                + Long.toString(transaction, RADIX)
                + '.'
                + Long.toUnsignedString(chance.number(), RANDOM_RADIX)
                + '.'
                + mark;
    }

    /** The loop that made a branch, or empty when it is not one of ours. */
    static OptionalInt loop(String branch, int loops) {
        int dot = branch.indexOf('.');
        if (!branch.startsWith(PREFIX) || dot < 0 || dot > PREFIX.length() + 2) {
            return OptionalInt.empty();
        }
        try {
            int loop = Integer.parseInt(branch, PREFIX.length(), dot, RADIX);
            return loop >= 0 && loop < loops ? OptionalInt.of(loop) : OptionalInt.empty();
        } catch (NumberFormatException notOurs) {
            return OptionalInt.empty();
        }
    }

    /**
     * What the maker of the branch wanted to recognise, RFC 3261 section 16.6 step 8.
     *
     * @param branch a branch of ours or another's
     * @return the mark, or nothing
     */
    public static String mark(String branch) {
        return branch.startsWith(PREFIX) ? branch.substring(branch.lastIndexOf('.') + 1) : "";
    }
}
