package org.sipring.proxy.registrar;

import java.util.List;
import java.util.regex.Pattern;
import org.sipring.sip.HeaderName;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** What a REGISTER says of the flow that it came by. RFC 5626. Pure. */
final class Outbound {
    /** The option tag. */
    static final String TAG = "outbound";

    static final String REG_ID = "reg-id";
    static final String INSTANCE = "+sip.instance";

    // Section 4.2: 1 to 2^31 - 1; nobody has that many flows.
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    private Outbound() {}

    /** Whether a phone asks to be reached at a contact over this very flow. Section 4.2.1. */
    static boolean asked(SipMessage request, NameAddr contact) {
        return contact.params().has(INSTANCE)
                && contact.params().value(REG_ID).filter(Outbound::number).isPresent()
                && request.offers(TAG);
    }

    /** Whether a phone asks for it at any contact. */
    static boolean asked(SipMessage request) {
        return request.contacts().orElse(List.of()).stream().anyMatch(contact -> asked(request, contact));
    }

    /** Whether a text is the number of a flow. */
    static boolean number(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Whether the phone's first hop keeps its flow: this node, or a proxy whose Path says so. Section 6. */
    static boolean kept(SipMessage request) {
        List<String> path = RegisterReader.path(request);
        return path.isEmpty()
                ? request.headers(HeaderName.VIA).size() == 1
                : NameAddr.parse(path.get(path.size() - 1))
                        .flatMap(NameAddr::sipUri)
                        .filter(Outbound::keeps)
                        .isPresent();
    }

    private static boolean keeps(SipUri firstHop) {
        return firstHop.params().has("ob");
    }
}
