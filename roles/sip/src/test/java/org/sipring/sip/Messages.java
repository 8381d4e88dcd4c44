package org.sipring.sip;

import java.nio.charset.StandardCharsets;

/** Messages for tests, written with plain line ends. */
final class Messages {
    private Messages() {}

    /** Turns line ends to CRLF; the empty line that ends the headers is the text's own. */
    static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static ParseResult parse(String text) {
        return SipMessage.parse(bytes(text));
    }

    static SipMessage parsed(String text) {
        return ((ParseResult.Parsed) parse(text)).message();
    }

    static ParseResult.Bad bad(String text) {
        return (ParseResult.Bad) parse(text);
    }

    /** An INVITE with further header lines, each ended by a line end. */
    static String invite(String more) {
        return """
                INVITE sip:bob@example.com SIP/2.0
                Via: SIP/2.0/UDP pc33.example.com;branch=z9hG4bK776asdhds
                Max-Forwards: 70
                From: Alice <sip:alice@example.com>;tag=1928301774
                To: Bob <sip:bob@example.com>
                Call-ID: a84b4c76e66710@pc33.example.com
                CSeq: 314159 INVITE
                """
                + more
                + "\n";
    }
}
