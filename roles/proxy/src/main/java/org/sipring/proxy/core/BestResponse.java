package org.sipring.proxy.core;

import java.util.Set;

/** Which final response of several a caller is told. RFC 3261 section 16.7 step 6. */
final class BestResponse {
    // They tell the caller what to change to succeed.
    private static final Set<Integer> HELPFUL = Set.of(401, 407, 415, 420, 484);

    private BestResponse() {}

    /** Whether a status is better than the best so far; 0 is worse than all. */
    static boolean better(int status, int best) {
        return best == 0 || rank(status) < rank(best);
    }

    private static int rank(int status) {
        if (status >= 600) {
            return 0;
        }
        int rank = status / 100 * 10;
        // 503 would make the caller avoid this proxy, and 408 and 430 say less than any other answer of a phone.
        boolean poor = status == 503 || status == 408 || status == 430;
        return HELPFUL.contains(status) ? rank - 1 : poor ? rank + 1 : rank;
    }

    /** What a caller is told in place of a status that is meant for proxies, or of 0: nobody was asked. */
    static int told(int status) {
        return status == 503 ? 500 : status == 430 || status == 0 ? 480 : status;
    }
}
