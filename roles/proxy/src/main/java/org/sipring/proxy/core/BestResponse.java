package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** Which final response of several a caller is told. RFC 3261 section 16.7 steps 6 and 7. Lives in one loop. */
final class BestResponse {
    // They tell the caller what to change to succeed.
    private static final Set<Integer> HELPFUL = Set.of(401, 407, 415, 420, 484);

    private final List<SipMessage> challenges = new ArrayList<>(0);
    private int status;
    private @Nullable SipMessage response;

    /** One more: its status, and the response unless it only stands for one. */
    void hear(int heard, @Nullable SipMessage message) {
        if (Challenges.isOne(heard) && message != null) {
            challenges.add(message);
        }
        if (better(heard, status)) {
            status = heard;
            response = message;
        }
    }

    /** The best status; 0 when nothing was heard. */
    int status() {
        return status;
    }

    /** Whether no phone has been reached, as far as is known. */
    boolean unreachable() {
        return status == 0 || status == ResponseContext.FLOW_FAILED;
    }

    /** The best response: one that challenges holds the challenges of all. */
    @Nullable
    SipMessage response() {
        SipMessage best = response;
        return best == null || challenges.size() < 2 || !Challenges.isOne(status) ? best : collected(best);
    }

    private SipMessage collected(SipMessage best) {
        MessageBuilder edit = best.edit();
        for (SipMessage other : challenges) {
            if (!other.equals(best)) {
                Challenges.HEADERS.forEach(name -> other.headers(name).forEach(challenge -> edit.add(name, challenge)));
            }
        }
        return edit.build();
    }

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
