package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Via;
import org.sipring.sip.transaction.Branch;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * Why a request is not forwarded.
 *
 * @param status the status code
 * @param reason the reason phrase
 * @param unsupported the option tags of a 420; empty for others
 */
record Refusal(int status, String reason, List<String> unsupported) {
    // Leaves room for what every hop of the platform adds.
    private static final int LONGEST = SipMessage.MOST_BYTES - 8_192;

    static Refusal of(int status, String reason) {
        return new Refusal(status, reason, List.of());
    }

    /** Checks a request as RFC 3261 section 16.3 asks. */
    static Optional<Refusal> check(SipMessage request) {
        if (request.requestSipUri().filter(uri -> !uri.secure()).isEmpty()) {
            // SIPS needs TLS on every hop, and this platform offers phones none yet.
            return Optional.of(of(416, "Unsupported URI Scheme"));
        }
        if (request.bytes().length > LONGEST) {
            return Optional.of(of(513, "Message Too Large"));
        }
        if (request.maxForwards().orElse(1) == 0) {
            return Optional.of(of(483, "Too Many Hops"));
        }
        if (looped(request)) {
            return Optional.of(of(482, "Loop Detected"));
        }
        List<String> required = request.headers("Proxy-Require");
        return required.isEmpty() ? Optional.empty() : Optional.of(new Refusal(420, "Bad Extension", required));
    }

    /** Whether this very request, with nothing changed that decides its way, has been here or at another node of ours. */
    private static boolean looped(SipMessage request) {
        List<String> vias = request.headers("Via");
        if (vias.size() < 2) {
            return false;
        }
        String mark = LoopMark.of(request);
        return vias.stream()
                .map(text ->
                        Via.parse(text).flatMap(Via::branch).map(Branch::mark).orElse(""))
                .anyMatch(mark::equals);
    }

    void answer(ServerTransaction transaction) {
        MessageBuilder edit = transaction.response(status, reason).edit();
        unsupported.forEach(tag -> edit.add("Unsupported", tag));
        transaction.respond(edit.build());
    }
}
