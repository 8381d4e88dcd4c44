package org.sipring.proxy.core;

import java.util.List;
import java.util.Set;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/**
 * What phones and other domains neither say nor are told by us, unless a trunk's settings say so: who pays for a call, and by
 * whom it was forwarded. Neither is anybody's to say but a trusted peer's, nor anybody's to know.
 */
final class Crossing {
    // RFC 8496, RFC 7315, RFC 5502, RFC 5806, RFC 7044.
    private static final List<String> STAYING = List.of(
            "P-Charge-Info",
            "P-Charging-Vector",
            "P-Charging-Function-Addresses",
            "P-Served-User",
            "Diversion",
            "History-Info");

    private Crossing() {}

    /** A message without these headers; mostly the message itself. */
    static SipMessage without(SipMessage message, Set<String> kept) {
        List<String> found = STAYING.stream()
                .filter(name -> !kept.contains(name) && message.header(name).isPresent())
                .toList();
        return found.isEmpty() ? message : without(message.edit(), kept).build();
    }

    /** The same of a message that is being made. */
    static MessageBuilder without(MessageBuilder edit, Set<String> kept) {
        STAYING.stream().filter(name -> !kept.contains(name)).forEach(edit::remove);
        return edit;
    }
}
