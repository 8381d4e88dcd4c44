package org.sipring.sip.transaction;

import org.sipring.sip.HeaderName;
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
                .add(HeaderName.VIA, invite.topVia().toString())
                .add(HeaderName.MAX_FORWARDS, "70");
        invite.routes().forEach(route -> edit.add(HeaderName.ROUTE, route.toString()));
        return edit.add(HeaderName.FROM, invite.header(HeaderName.FROM).orElse(""))
                .add(HeaderName.TO, to.header(HeaderName.TO).orElse(""))
                .add(HeaderName.CALL_ID, invite.callId())
                .add(HeaderName.CSEQ, invite.cseq().number() + " " + method)
                .add(HeaderName.CONTENT_LENGTH, "0")
                .build();
    }
}
