package org.sipring.app.phone;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sipring.sip.HeaderName;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;

/**
 * One side's state of a call (RFC 3261 section 12).
 *
 * @param callId the call's identifier
 * @param local this side's From or To, with its tag
 * @param remote the other side's, with its tag
 * @param target where requests are meant for: the other side's Contact
 * @param routes the route set, in the order in which requests carry it
 * @param cseq the number of the last request sent
 */
public record Dialog(String callId, String local, String remote, String target, List<String> routes, long cseq) {
    /** Copies the routes. */
    public Dialog {
        routes = List.copyOf(routes);
    }

    /** The caller's side, from the 2xx to its INVITE (section 12.1.2): the route set is Record-Route reversed. */
    static Dialog ofCaller(SipMessage invite, SipMessage ok) {
        List<String> routes = recordRoutes(ok);
        Collections.reverse(routes);
        return new Dialog(
                ok.callId(),
                invite.header(HeaderName.FROM).orElseThrow(),
                ok.header(HeaderName.TO).orElseThrow(),
                contact(ok),
                routes,
                invite.cseq().number());
    }

    /** The callee's side, from the INVITE and its own 2xx (section 12.1.1). */
    static Dialog ofCallee(SipMessage invite, SipMessage ok) {
        return new Dialog(
                ok.callId(),
                ok.header(HeaderName.TO).orElseThrow(),
                invite.header(HeaderName.FROM).orElseThrow(),
                contact(invite),
                recordRoutes(invite),
                0);
    }

    Dialog next() {
        return new Dialog(callId, local, remote, target, routes, cseq + 1);
    }

    private static List<String> recordRoutes(SipMessage message) {
        return new ArrayList<>(message.headers(HeaderName.RECORD_ROUTE));
    }

    private static String contact(SipMessage message) {
        return NameAddr.parse(message.headers(HeaderName.CONTACT).get(0))
                .orElseThrow()
                .uri();
    }
}
