package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Via;
import org.sipring.sip.transaction.Branch;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * Why a request is not forwarded.
 *
 * @param status the status code
 * @param unsupported the option tags of a 420; empty for others
 */
record Refusal(int status, List<String> unsupported) {
    // Leaves room for what every hop of the platform adds.
    private static final int LONGEST = SipMessage.MOST_BYTES - 8_192;

    static Refusal of(int status) {
        return new Refusal(status, List.of());
    }

    /**
     * Checks a request as RFC 3261 section 16.3 asks.
     *
     * @param request the request
     * @param endsHere whether the platform itself is asked, which needs no further hop. RFC 4475 section 3.3.11
     */
    static Optional<Refusal> check(SipMessage request, boolean endsHere) {
        if (request.requestSipUri().isEmpty()) {
            return Optional.of(of(416));
        }
        if (request.length() > LONGEST) {
            return Optional.of(of(513));
        }
        if (!endsHere && request.maxForwards().orElse(1) == 0) {
            return Optional.of(of(483));
        }
        if (looped(request)) {
            return Optional.of(of(482));
        }
        return unsupported(request.headers(HeaderName.PROXY_REQUIRE));
    }

    /** Refuses extensions that nobody here knows. */
    static Optional<Refusal> unsupported(List<String> required) {
        return required.isEmpty() ? Optional.empty() : Optional.of(new Refusal(420, required));
    }

    /** Whether this very request, with nothing changed that decides its way, has been here or at another node of ours. */
    private static boolean looped(SipMessage request) {
        List<String> vias = request.headers(HeaderName.VIA);
        if (vias.size() < 2) {
            return false;
        }
        String mark = LoopMark.of(request);
        return vias.stream()
                .map(text ->
                        Via.parse(text).flatMap(Via::branch).map(Branch::mark).orElse(""))
                .anyMatch(mark::equals);
    }

    /** The answer to the request that is not forwarded. */
    SipMessage response(ServerTransaction transaction) {
        MessageBuilder edit = transaction.response(status).edit();
        unsupported.forEach(tag -> edit.add(HeaderName.UNSUPPORTED, tag));
        return edit.build();
    }
}
