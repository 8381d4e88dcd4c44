package org.sipring.proxy.core;

import org.sipring.sip.SipMessage;

/** What a request is, by its method and tags. */
final class Methods {
    private Methods() {}

    /** Within a dialog. */
    static boolean inDialog(SipMessage request) {
        return request.toTag().isPresent() && !registers(request);
    }

    /** A REGISTER never belongs to a dialog, RFC 3261 section 10.2: no phone is to get one. */
    static boolean registers(SipMessage request) {
        return request.method().equals("REGISTER");
    }
}
