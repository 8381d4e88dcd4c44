package org.sipring.proxy.core;

import java.util.Set;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/**
 * What phones and other domains neither say nor are told by us, unless a trunk's settings say so: who pays for a call, and by
 * whom it was forwarded. Neither is anybody's to say but a trusted peer's, nor anybody's to know.
 */
final class TrustedHeaders {
    // RFC 8496, RFC 7315, RFC 5502, RFC 5806, RFC 7044.
    private TrustedHeaders() {}

    /** A message without these headers; mostly the message itself. */
    static SipMessage without(SipMessage message, Set<String> kept) {
        return message.hasAny(Trunk.HEADERS) ? without(message.edit(), kept).build() : message;
    }

    /** The same of a message that is being made. */
    static MessageBuilder without(MessageBuilder edit, Set<String> kept) {
        for (HeaderName name : Trunk.HEADERS) {
            if (!kept.contains(name.toString())) {
                edit.remove(name);
            }
        }
        return edit;
    }
}
