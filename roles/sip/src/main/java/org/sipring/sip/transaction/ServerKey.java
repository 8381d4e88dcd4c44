package org.sipring.sip.transaction;

import java.util.Optional;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Via;

/** Names a server transaction by what repeats in each copy of its request. RFC 3261 section 17.2.3. */
final class ServerKey {
    private ServerKey() {}

    /** The transaction that a request belongs to; an ACK belongs to its INVITE's. */
    static String of(SipMessage request) {
        return of(request, request.method().equals("ACK") ? "INVITE" : request.method());
    }

    /** The INVITE that a CANCEL wants to end. RFC 3261 section 9.2. */
    static String invite(SipMessage cancel) {
        return of(cancel, "INVITE");
    }

    private static String of(SipMessage request, String method) {
        Via via = request.topVia();
        Optional<String> branch = via.branch().filter(text -> text.startsWith(Via.COOKIE));
        return branch.map(text -> text + '|' + via.sentBy() + '|' + method).orElseGet(() -> old(request, via, method));
    }

    // RFC 2543: one key as well, so that such a request costs no more than another. To is left out because an ACK's
    // has a tag and its INVITE's has none; the rest tells transactions apart.
    private static String old(SipMessage request, Via via, String method) {
        return String.join(
                "|",
                request.requestUri(),
                request.fromTag().orElse(""),
                request.callId(),
                Long.toString(request.cseq().number()),
                via.sentBy() + via.branch().orElse(""),
                method);
    }
}
