package org.sipring.sip;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The structure checks that every message passes before anybody acts on it. RFC 3261 sections 8.1.1, 16.3 and 18.3. */
final class MessageCheck {
    private static final List<HeaderName> MANDATORY =
            List.of(HeaderName.VIA, HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.CSEQ);

    private MessageCheck() {}

    static ParseResult parse(byte[] bytes) {
        if (bytes.length > SipMessage.MOST_BYTES) {
            return new ParseResult.Junk("longer than " + SipMessage.MOST_BYTES + " bytes");
        }
        MessageScanner scan = MessageScanner.scan(bytes);
        if (scan.startLine == null) {
            return new ParseResult.Junk("no SIP start line");
        }
        SipMessage message = new SipMessage(bytes, scan.startLine, scan.headers, scan.bodyStart);
        return verdict(message, scan.flaw == null ? flaw(message) : scan.flaw);
    }

    /** Refuses a message for a flaw that only its surroundings show. */
    static ParseResult refuse(byte[] head, Flaw flaw) {
        MessageScanner scan = MessageScanner.scan(head);
        return scan.startLine == null
                ? new ParseResult.Junk(flaw.reason())
                : verdict(new SipMessage(head, scan.startLine, scan.headers, scan.bodyStart), flaw);
    }

    private static ParseResult verdict(SipMessage message, @Nullable Flaw flaw) {
        if (flaw == null) {
            return new ParseResult.Parsed(trimmed(message));
        }
        boolean answerable = flaw.status() > 0
                && message.isRequest()
                && !message.method().equals("ACK")
                && message.readWayBack() != null;
        return answerable
                ? new ParseResult.Bad(flaw.status(), flaw.reason(), message)
                : new ParseResult.Junk(flaw.reason());
    }

    /** RFC 3261 section 18.3: what follows the body in a datagram is dropped. */
    private static SipMessage trimmed(SipMessage message) {
        int excess = message.bodyLength() - message.contentLength();
        return excess == 0 ? message : message.shortened(excess);
    }

    private static @Nullable Flaw flaw(SipMessage message) {
        Flaw flaw = counts(message);
        if (flaw == null) {
            flaw = addresses(message);
        }
        return flaw == null ? numbers(message) : flaw;
    }

    private static @Nullable Flaw counts(SipMessage message) {
        Set<HeaderName> seen = EnumSet.noneOf(HeaderName.class);
        for (HeaderLine line : message.headers().lines()) {
            HeaderName name = line.known;
            if (name != null && !seen.add(name) && name.once()) {
                return Flaw.bad("More than one " + name.text);
            }
        }
        for (HeaderName name : MANDATORY) {
            if (!seen.contains(name)) {
                return Flaw.bad("Missing " + name.text);
            }
        }
        return null;
    }

    private static @Nullable Flaw addresses(SipMessage message) {
        Via via = message.readTopVia();
        if (via == null || via.branch().filter(Via.COOKIE::equalsIgnoreCase).isPresent()) {
            return Flaw.bad("Malformed Via");
        }
        if (message.readFrom() == null) {
            return Flaw.bad("Malformed From");
        }
        if (message.readTo() == null) {
            return Flaw.bad("Malformed To");
        }
        if (message.callId().isEmpty() || !Ascii.visible(message.callId())) {
            return Flaw.bad("Malformed Call-ID");
        }
        return message.isRequest() ? requestAddresses(message) : null;
    }

    private static @Nullable Flaw requestAddresses(SipMessage message) {
        Optional<SipUri> uri = message.requestSipUri();
        boolean sip = message.requestUri().regionMatches(true, 0, "sip:", 0, 4)
                || message.requestUri().regionMatches(true, 0, "sips:", 0, 5);
        if (sip && (uri.isEmpty() || !uri.get().headers().isEmpty())) {
            return Flaw.bad("Malformed Request-URI");
        }
        return message.readRoutes() == null ? Flaw.bad("Malformed Route") : null;
    }

    private static @Nullable Flaw numbers(SipMessage message) {
        CSeq cseq = message.readCSeq();
        if (cseq == null) {
            return Flaw.bad("Malformed CSeq");
        }
        if (message.isRequest() && !cseq.method().equals(message.method())) {
            return Flaw.bad("CSeq method does not match");
        }
        OptionalLong hops = message.headers().number(HeaderName.MAX_FORWARDS, 255);
        if (hops.isPresent() && hops.getAsLong() < 0) {
            return Flaw.bad("Malformed Max-Forwards");
        }
        OptionalLong length = message.headers().number(HeaderName.CONTENT_LENGTH, message.bodyLength());
        return length.isPresent() && length.getAsLong() < 0 ? Flaw.bad("Content-Length does not match") : null;
    }
}
