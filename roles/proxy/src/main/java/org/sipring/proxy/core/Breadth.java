package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.List;
import org.sipring.sip.SipMessage;

/**
 * How many branches a request may have at the same time, on all of its further way. RFC 5393 section 5.3.
 *
 * @param total what it came with, at least 1
 * @param phones how many phones share it here
 */
record Breadth(int total, int phones) {
    private static final int UNSAID = 60;

    static Breadth of(SipMessage request) {
        return new Breadth(request.maxBreadth().orElse(UNSAID), 1);
    }

    Breadth among(int callees) {
        return new Breadth(total, Math.max(1, callees));
    }

    /** What each branch gets. */
    int share() {
        return Math.max(1, total / phones);
    }

    /** Whether all phones may be called while none has answered. */
    boolean forAll() {
        return phones <= total;
    }

    /** Splits a round that is too broad. */
    List<List<Callee>> narrow(List<Callee> round) {
        List<List<Callee>> rounds = new ArrayList<>(1);
        for (int from = 0; from < round.size(); from += total) {
            rounds.add(round.subList(from, Math.min(from + total, round.size())));
        }
        return rounds;
    }
}
