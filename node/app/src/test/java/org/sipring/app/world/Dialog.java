package org.sipring.app.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;

/**
 * What a phone remembers of a call that was set up: RFC 3261 section 12.
 *
 * @param target the other phone's contact
 * @param routes the way there
 * @param from this phone, with its tag
 * @param to the other, with its tag
 * @param callId names the call
 * @param first the number of the INVITE
 */
record Dialog(String target, List<NameAddr> routes, String from, String to, String callId, long first) {
    /** The caller's, by a 2xx. */
    static Dialog ofCaller(SipMessage ok) {
        List<NameAddr> routes = new ArrayList<>(ok.recordRoutes().orElseThrow());
        Collections.reverse(routes);
        return new Dialog(
                contact(ok),
                routes,
                ok.from().toString(),
                ok.to().toString(),
                ok.callId(),
                ok.cseq().number());
    }

    /** The callee's, by the INVITE and the tag it answered with. */
    static Dialog ofCallee(SipMessage invite, String tag) {
        return new Dialog(
                contact(invite),
                invite.recordRoutes().orElseThrow(),
                invite.to() + ";tag=" + tag,
                invite.from().toString(),
                invite.callId(),
                0);
    }

    private static String contact(SipMessage message) {
        return message.contacts().orElseThrow().get(0).uri();
    }

    MessageBuilder ack() {
        return request("ACK", first);
    }

    MessageBuilder bye() {
        return request("BYE", first + 1);
    }

    /** The edge that the next request goes to. */
    String edge() {
        return routes.get(0).sipUri().orElseThrow().host();
    }

    private MessageBuilder request(String method, long cseq) {
        MessageBuilder edit = SipMessage.request(method, target).add("Max-Forwards", "70");
        routes.forEach(route -> edit.add("Route", route.toString()));
        return edit.add("From", from)
                .add("To", to)
                .add("Call-ID", callId)
                .add("CSeq", cseq + " " + method)
                .add("Content-Length", "0");
    }
}
