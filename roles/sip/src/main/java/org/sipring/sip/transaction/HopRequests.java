package org.sipring.sip.transaction;

import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** The requests that follow an INVITE hop by hop and repeat its way exactly. */
final class HopRequests {
    private HopRequests() {}

    /** RFC 3261 section 17.1.1.3: the ACK of a final response that is not 2xx. */
    static SipMessage ack(SipMessage invite, SipMessage response) {
        return like(invite, "ACK", response);
    }

    /** RFC 3261 section 9.1. */
    static SipMessage cancel(SipMessage invite) {
        return like(invite, "CANCEL", invite);
    }

    private static SipMessage like(SipMessage invite, String method, SipMessage to) {
        MessageBuilder edit = SipMessage.request(method, invite.requestUri())
                .add("Via", invite.topVia().toString())
                .add("Max-Forwards", "70");
        invite.routes().forEach(route -> edit.add("Route", route.toString()));
        return edit.add("From", invite.header("From").orElse(""))
                .add("To", to.header("To").orElse(""))
                .add("Call-ID", invite.callId())
                .add("CSeq", invite.cseq().number() + " " + method)
                .add("Content-Length", "0")
                .build();
    }
}
