package org.sipring.sip;

/** What a message's bytes turned out to be. */
public sealed interface ParseResult {
    /**
     * A message whose structure is sound.
     *
     * @param message the message
     */
    record Parsed(SipMessage message) implements ParseResult {}

    /**
     * A request, not an ACK, that must be refused and can be answered: its top Via says where to, and what is there of
     * From, To, Call-ID and CSeq can be copied (RFC 4475 section 3.3.1). Nothing else of it may be trusted.
     *
     * @param status the status code to answer with
     * @param reason the reason phrase to answer with
     * @param request for {@link Responses#of} and {@link SipMessage#topVia}
     */
    record Bad(int status, String reason, SipMessage request) implements ParseResult {}

    /**
     * Not worth an answer: no SIP at all, a malformed response or ACK, or a request that names no way back.
     *
     * @param reason for the log
     */
    record Junk(String reason) implements ParseResult {}
}
